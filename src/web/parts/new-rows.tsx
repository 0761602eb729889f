import './new-rows.css'
import { KeyCap } from './key-cap.tsx'
import { words } from './words.ts'

/** Rows never move under the pointer: new ones wait here until they are asked for. */
export function NewRows({ count, keyCap = '.', onShow }: { count: number; keyCap?: string; onShow: () => void }) {
  return (
    <output className="new-rows">
      {count > 0 && (
        <button type="button" onClick={onShow}>
          {words.showNew(count)} <KeyCap>{keyCap}</KeyCap>
        </button>
      )}
    </output>
  )
}
