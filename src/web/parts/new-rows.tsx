import './new-rows.css'
import { KeyCap } from './key-cap.tsx'
import { words } from './words.ts'

/** Rows never move under the pointer: new ones wait here until they are asked for, and those that no longer belong stay that long. */
export function NewRows({ count, gone = 0, keyCap = '.', onShow }: { count: number; gone?: number; keyCap?: string; onShow: () => void }) {
  return (
    <output className="new-rows">
      {count + gone > 0 && (
        <button type="button" onClick={onShow}>
          {count > 0 ? words.showNew(count) : words.clearGone(gone)} <KeyCap>{keyCap}</KeyCap>
        </button>
      )}
    </output>
  )
}
