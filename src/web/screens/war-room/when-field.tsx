import { TextField } from '../../parts/field.tsx'
import { Segmented } from '../../parts/segmented.tsx'

interface WhenFieldProps {
  label: string
  hint: string
  error?: string | undefined
  presets: { label: string; values: string[] }
  placeholder?: string | undefined
  value: string
  onChange: (value: string) => void
}

/** How long from now, or when: what is usual is one press. */
export function WhenField({ label, hint, error, presets, placeholder, value, onChange }: WhenFieldProps) {
  return (
    <div className="when-field">
      <TextField
        label={label}
        hint={hint}
        error={error}
        className="input input-short"
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <Segmented
        label={presets.label}
        segments={presets.values.map((one) => ({ value: one, name: one }))}
        current={value}
        onPick={(picked) => onChange(picked === value ? '' : picked)}
      />
    </div>
  )
}
