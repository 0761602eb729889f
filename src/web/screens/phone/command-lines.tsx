import { Ink } from '../../parts/code.tsx'

export interface CommandLinesProps {
  /** The address that takes the alert, what is sent there, and both as one line for a shell. */
  command: { url: string; body: Record<string, string | number>; line: string }
  /** What the server said, once something was sent. */
  reply?: { status: string; body: Record<string, string> } | undefined
}

/** The command over several lines, and under it what the server said. */
export function CommandLines({ command, reply }: CommandLinesProps) {
  return (
    <>
      <Ink as="prompt">$</Ink> curl -X POST <Ink as="string">{command.url}</Ink> \{'\n    '}-H{' '}
      <Ink as="string">'Content-Type: application/json'</Ink> \{'\n    '}-d <Ink as="string">'{asWritten(command.body)}'</Ink>
      {'\n'}
      {reply && (
        <>
          {'\n'}
          <Ink as="quiet">{reply.status}</Ink>
          {'\n{\n'}
          {Object.entries(reply.body).map(([name, value], place, all) => (
            <ReplyLine key={name} name={name} value={value} width={widest(all)} isLast={place === all.length - 1} />
          ))}
          {'}\n'}
        </>
      )}
      <Ink as="prompt">$</Ink> <span className="phone-caret" />
    </>
  )
}

function ReplyLine({ name, value, width, isLast }: { name: string; value: string; width: number; isLast: boolean }) {
  return (
    <>
      {'  '}
      <Ink as="key">"{name}"</Ink>:{' '.repeat(1 + width - name.length)}
      <Ink as="string">"{value}"</Ink>
      {isLast ? '\n' : ',\n'}
    </>
  )
}

function widest(entries: [string, string][]): number {
  return Math.max(...entries.map(([name]) => name.length))
}

/** JSON with a space where people write one, broken after two members. */
function asWritten(body: Record<string, string | number>): string {
  const members = Object.entries(body).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`)
  const lines: string[] = []
  for (let place = 0; place < members.length; place += 2) lines.push(members.slice(place, place + 2).join(', '))
  return `{${lines.join(',\n         ')}}`
}
