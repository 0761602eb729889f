import './state-mark.css'

/** `ok` works, `odd` deserves a look, `off` has nothing to tell. Each has a shape of its own beside its colour. */
export type StateKind = 'ok' | 'odd' | 'off'

/** A state as mark, word and colour. */
export function StateMark({ state, word }: { state: StateKind; word: string }) {
  return (
    <span className={`state state-${state}`}>
      <StateShape state={state} />
      {word}
    </span>
  )
}

export function StateShape({ state, x, y }: { state: StateKind; x?: number; y?: number }) {
  return (
    <svg className={`state-shape state-shape-${state}`} width={14} height={14} x={x} y={y} viewBox="0 0 16 16" aria-hidden="true">
      {state === 'odd' ? <path d="M8 .8 15.2 8 8 15.2.8 8z" /> : <circle cx="8" cy="8" r={state === 'ok' ? 7 : 6.4} />}
      {state === 'ok' && <path className="state-glyph" d="M4.8 8.3 7.1 10.6l4.2-4.9" />}
      {state === 'odd' && <path className="state-glyph" d="M5 8.6c1-1.5 2-1.5 3-.6s2 .9 3-.6" />}
    </svg>
  )
}
