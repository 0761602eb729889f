import { expect, test } from 'vitest'
import { html, trusted } from './html.ts'

test('a value is text, whatever it holds', () => {
  const title = `<script>alert("1")</script> & 'x'`
  expect(html`<p title="${title}">${title}</p>`.text).toBe(
    '<p title="&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;">&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;</p>',
  )
})

test('pieces of a page stay pieces of a page, alone or in a list; what is not there leaves nothing', () => {
  const items = ['a', '<b>'].map((text) => html`<li>${text}</li>`)
  expect(html`<ul>${items}</ul>${null}${false}${undefined}${0}${trusted('<hr>')}`.text).toBe('<ul><li>a</li><li>&lt;b&gt;</li></ul>0<hr>')
})
