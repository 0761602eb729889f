import { Icon } from '../../parts/icon.tsx'
import { iconNames } from '../../parts/icon-names.ts'
import { Block } from './block.tsx'

const colours = [
  'canvas',
  'surface-1',
  'surface-2',
  'surface-3',
  'hover',
  'pressed',
  'selected',
  'text-1',
  'text-2',
  'text-3',
  'line-1',
  'line-2',
  'line-control',
  'accent',
  'accent-soft',
  'ink',
  'brass',
  'danger',
  'danger-soft',
  'warn-soft',
  'warn-fill',
  'good-soft',
  'info-soft',
  'sev-1-fill',
  'sev-1-soft',
  'sev-2-fill',
  'sev-2-soft',
  'sev-3-fill',
  'sev-3-soft',
  'sev-4-fill',
  'sev-4-soft',
  'sev-5-fill',
  'sev-5-soft',
  'state-ok-fill',
  'state-degraded-fill',
  'state-partial-fill',
  'state-major-fill',
  'state-maintenance-fill',
  'chart-1',
  'chart-2',
  'chart-3',
  'chart-4',
  'chart-5',
  'chart-6',
]

const sizes: [size: number, text: string][] = [
  [36, '00:12:41'],
  [26, 'API Gateway Down'],
  [20, 'Payments primary'],
  [16, '38 % of EU API calls fail.'],
  [14, 'Sentences people read: what happened, what it means, what to do.'],
  [13, 'The interface: buttons, rows, labels, values 0123456789'],
  [12, 'Dates, counts, table heads, 03:11 UTC'],
  [11, 'Axis labels, key caps'],
]

export function FoundationBlocks() {
  return (
    <>
      <Block name="Colour" rule="Roles, not shades.">
        <div className="part-colours">
          {colours.map((name) => (
            <div key={name}>
              <i style={{ background: `var(--${name})` }} />
              <span>{name}</span>
            </div>
          ))}
        </div>
      </Block>
      <Block name="Type" rule="System faces. Figures always tabular." column>
        {sizes.map(([size, text]) => (
          <p key={size} className="part-type">
            <span className="dim fine">{size} px</span>
            <span style={{ fontSize: `var(--size-${size})`, fontWeight: size >= 20 ? 600 : 400 }}>{text}</span>
          </p>
        ))}
        <p className="part-type">
          <span className="dim fine">mono 12</span>
          <span className="mono">service = api-gateway, a41f9c2, 03:11:00.114</span>
        </p>
      </Block>
      <Block name="Icons" rule="16 px grid, 1.5 px line, round ends, current colour.">
        <div className="part-icons">
          {iconNames.map((name) => (
            <div key={name}>
              <Icon name={name} />
              <span>{name}</span>
            </div>
          ))}
        </div>
      </Block>
    </>
  )
}
