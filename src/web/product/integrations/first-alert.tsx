import './first-alert.css'
import { links } from '../../links.ts'
import { ButtonLink } from '../../parts/button.tsx'
import { CodeBlock } from '../../parts/code.tsx'
import { words } from './words.ts'

/** For an empty list: how to send the first alert. `command` is ready to paste; without one, the way to make an address. */
export function FirstAlert({ command }: { command?: string | undefined }) {
  return (
    <section className="first-alert" aria-label={words.first.title}>
      <p>{command === undefined ? words.first.noKey : words.first.text}</p>
      {command !== undefined && <CodeBlock label={words.first.label} code={command} />}
      <p>
        <ButtonLink href={links.integrations()}>{words.first.connect}</ButtonLink>
      </p>
    </section>
  )
}
