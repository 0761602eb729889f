import { useState } from 'react'
import { TextArea } from '../../parts/field.tsx'
import { words } from '../../product/configuration/words.ts'
import { readYaml, writeYaml } from './yaml-text.ts'

interface YamlViewProps {
  kind: string
  name: string
  /** The name stays what it is. */
  isNameFixed: boolean
  spec: unknown
  readOnly: boolean
  onChange: (spec: Record<string, unknown>, name: string) => void
  /** What is written cannot be read, and so is not in the form. */
  onUnread: (message: string | undefined) => void
}

/** The same document as text. It is the person's own text while they write: only what it means goes over to the form. */
export default function YamlView({ kind, name, isNameFixed, spec, readOnly, onChange, onUnread }: YamlViewProps) {
  const [text, setText] = useState(() => writeYaml(kind, name, spec))
  const [fault, setFault] = useState<string>()
  const [shown, setShown] = useState(spec)
  // Changed elsewhere, by a version put back or by somebody else's: the text follows.
  if (spec !== shown) {
    setShown(spec)
    setText(writeYaml(kind, name, spec))
    setFault(undefined)
  }
  const write = (next: string) => {
    setText(next)
    const read = readYaml(next, kind, isNameFixed ? name : undefined)
    const wrong = 'message' in read ? words.yamlLine(read.line, read.message) : undefined
    setFault(wrong)
    onUnread(wrong)
    if ('message' in read) return
    setShown(read.spec)
    onChange(read.spec, read.name)
  }
  return (
    <div className="yaml-view">
      <TextArea
        label={words.yamlLabel}
        hint={words.yamlSame}
        error={fault}
        className="input mono yaml-text"
        rows={Math.min(40, Math.max(16, text.split('\n').length + 1))}
        spellCheck={false}
        autoCapitalize="off"
        wrap="off"
        readOnly={readOnly}
        value={text}
        onChange={({ target }) => write(target.value)}
      />
    </div>
  )
}
