import { useToast } from '../../../parts/toast.tsx'
import { PhoneScreen } from '../../phone/phone-screen.tsx'
import * as phone from '../sample/phone.ts'
import type { DrawnProps } from './drawn-props.ts'
import { DrawnShell } from './drawn-shell.tsx'

export function DrawnPhone({ show }: DrawnProps) {
  const toast = useToast()
  const empty = show === 'empty'
  return (
    <DrawnShell place="now" show={show}>
      <PhoneScreen
        command={phone.command}
        reply={empty ? undefined : phone.reply}
        way={empty ? { steps: [] } : { steps: phone.steps, took: '0.9 s' }}
        pages={empty ? [] : phone.pages}
        demo={{}}
        onSend={() => toast({ text: 'Sent' })}
        onAcknowledge={() => toast({ text: 'Acknowledged Checkout slow, Noor is not paged' })}
        onEscalate={() => toast({ text: 'Paging Noor now' })}
      />
    </DrawnShell>
  )
}
