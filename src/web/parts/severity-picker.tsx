import './severity-picker.css'
import { type ReactNode, useId } from 'react'
import { SeverityMark, type SeverityRank, severityName } from './severity-mark.tsx'

interface SeverityPickerProps {
  label: string
  ranks: SeverityRank[]
  picked: SeverityRank
  onPick: (rank: SeverityRank) => void
  /** In the words of a scheme. */
  nameOf?: (rank: SeverityRank) => ReactNode
}

export function SeverityPicker({ label, ranks, picked, onPick, nameOf = severityName }: SeverityPickerProps) {
  const name = useId()
  return (
    <fieldset className="severity-picker" aria-label={label}>
      {ranks.map((rank) => (
        <label key={rank} className={`severity-option severity-option-${rank}`}>
          <input type="radio" className="only-read" name={name} checked={rank === picked} onChange={() => onPick(rank)} />
          <span aria-hidden="true">
            <SeverityMark rank={rank} size={18} />
          </span>
          {nameOf(rank)}
        </label>
      ))}
    </fieldset>
  )
}
