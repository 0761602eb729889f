/** `Cause: gw 2.14` has its name apart; what somebody wrote freely is a sentence. */
export function Brief({ text }: { text: string }) {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return (
    <ul className="brief">
      {lines.map((line, place) => {
        const [, term, is] = /^([^:]{1,40}): (.+)$/.exec(line) ?? []
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a brief is read, its lines do not move
          <li key={place}>
            {term !== undefined && <span className="brief-term">{term}</span>}
            <span className={term === undefined ? 'brief-word' : undefined}>{is ?? line}</span>
          </li>
        )
      })}
    </ul>
  )
}
