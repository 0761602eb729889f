import { expect, test } from 'vitest'
import { formOf, moved } from './form.ts'

interface Team {
  lead?: string
  members: { name: string; until?: string }[]
}

function formAround(start: Team, issues: { path: string; message: string }[] = []) {
  const held = { value: start }
  const form = () =>
    formOf<Team>({
      value: held.value,
      update: (change) => {
        held.value = change(held.value)
      },
      issues,
      readOnly: false,
    })
  return { held, form }
}

test('a part of a form changes its own place in the document, and nothing beside it', () => {
  const { held, form } = formAround({ lead: 'ada', members: [{ name: 'ada' }, { name: 'lin', until: '09:00' }] })
  form().at('members').at(1).at('name').onChange('kim')
  expect(held.value).toEqual({ lead: 'ada', members: [{ name: 'ada' }, { name: 'kim', until: '09:00' }] })
})

test('what is emptied is taken out of the document', () => {
  const { held, form } = formAround({ lead: 'ada', members: [{ name: 'lin', until: '09:00' }] })
  form().at('lead').onChange(undefined)
  form().at('members').at(0).at('until').onChange(undefined)
  expect(held.value).toEqual({ members: [{ name: 'lin' }] })
})

test('two changes in one moment both stay', () => {
  const { held, form } = formAround({ members: [{ name: 'ada' }] })
  const asDrawn = form()
  asDrawn.at('lead').onChange('ada')
  asDrawn.at('members').at(0).at('until').onChange('17:00')
  expect(held.value).toEqual({ lead: 'ada', members: [{ name: 'ada', until: '17:00' }] })
})

test('a finding appears at its field, as a sentence, and is known to everything around it', () => {
  const { form } = formAround({ members: [{ name: 'ada' }, { name: 'lni' }] }, [
    { path: 'members.1.name', message: 'there is no Person ‹lni›; write lin' },
  ])
  expect(form().at('members').at(1).at('name').error).toBe('There is no Person ‹lni›; write lin')
  expect(form().at('members').at(0).at('name').error).toBeUndefined()
  expect(form().at('members').error).toBeUndefined()
  expect(form().at('members').issues).toHaveLength(1)
})

test('an entry moves to another place', () => {
  expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b'])
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c'])
})
