import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { SeverityMark } from '../../parts/severity-mark.tsx'
import { words } from '../../product/incidents/incident-words.ts'
import type { Incident } from './incident.ts'

interface ResolveDialogProps {
  open: boolean
  incident: Incident
  busy: boolean
  onResolve: () => void
  onClose: () => void
}

/** Ends other people's alerts, so it asks and says which. */
export function ResolveDialog({ open, incident, busy, onResolve, onClose }: ResolveDialogProps) {
  const { title, text, calm, keep } = words.resolveQuestion
  const resolve = () => {
    onClose()
    onResolve()
  }
  return (
    <Dialog
      open={open}
      title={title(incident.number)}
      mark={<SeverityMark rank={incident.severity} />}
      onClose={onClose}
      buttons={
        <>
          <Button kind="quiet" onClick={onClose}>
            {keep}
          </Button>
          <Button kind="primary" busy={busy} onClick={resolve}>
            {words.resolve}
          </Button>
        </>
      }
    >
      {incident.firingAlertCount !== undefined && incident.firingAlertCount > 0 && <p>{text(incident.firingAlertCount)}</p>}
      <p className="sub">{calm}</p>
    </Dialog>
  )
}
