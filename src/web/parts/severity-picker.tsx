import './severity-picker.css'
import { useId } from 'react'
import { SeverityMark, type SeverityRank, severityName } from './severity-mark.tsx'

interface SeverityPickerProps {
  label: string
  ranks: SeverityRank[]
  picked: SeverityRank
  onPick: (rank: SeverityRank) => void
}

export function SeverityPicker({ label, ranks, picked, onPick }: SeverityPickerProps) {
  const name = useId()
  return (
    <fieldset className="severity-picker" aria-label={label}>
      {ranks.map((rank) => (
        <label key={rank} className={`severity-option severity-option-${rank}`}>
          <input type="radio" className="only-read" name={name} checked={rank === picked} onChange={() => onPick(rank)} />
          <span aria-hidden="true">
            <SeverityMark rank={rank} size={18} />
          </span>
          {severityName(rank)}
        </label>
      ))}
    </fieldset>
  )
}
