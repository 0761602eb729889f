import { useId, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Checkbox } from '../../parts/choice.tsx'
import { Dialog, DialogContent } from '../../parts/dialog.tsx'
import { SelectField } from '../../parts/field.tsx'
import { PhoneFrame } from '../../parts/phone-frame.tsx'
import { SeverityMark } from '../../parts/severity-mark.tsx'
import { Sheet, SheetLink, SheetLinks } from '../../parts/sheet.tsx'
import { Toast, useToast } from '../../parts/toast.tsx'
import { PaletteContent } from '../palette/palette.tsx'
import { PhonePages } from '../phone/phone-pages.tsx'
import { UnsentBanners } from '../shell/unsent-banners.tsx'
import { Block, Grid } from './block.tsx'
import { findable, unsentLines } from './sample/palette.ts'
import { pages } from './sample/phone.ts'

export function OverlayBlocks() {
  return (
    <>
      <DialogBlock />
      <PaletteBlock />
      <UnsentBlock />
      <Block name="Phone" rule="A drawn phone is a real channel. Always dark.">
        <PhoneFrame label="A drawn phone" time="05:24" date="Tuesday 20 October">
          <PhonePages pages={pages} onAcknowledge={() => {}} onEscalate={() => {}} />
        </PhoneFrame>
      </Block>
    </>
  )
}

function PaletteBlock() {
  return (
    <Block name="Command palette" rule="One verb set for keys, chat and command line. The field keeps the focus.">
      <div className="part-stage">
        <PaletteContent typedFirst="page pay" findable={findable} recent={[]} onType={() => {}} onChoose={() => {}} onClose={() => {}} />
      </div>
    </Block>
  )
}

function UnsentBlock() {
  return (
    <Block name="Not sent" rule="What the server has not confirmed never looks done. It says what goes on meanwhile.">
      <div className="grow">
        <UnsentBanners lines={unsentLines} more={(count) => `${count} more wait`} />
      </div>
    </Block>
  )
}

function DialogBlock() {
  const [open, setOpen] = useState<'dialog' | 'sheet'>()
  const toast = useToast()
  const close = () => setOpen(undefined)
  return (
    <Block name="Dialog, sheet, toast" rule="Dialog for the rare. Toast with undo for the usual. Sheets rise from the thumb.">
      <Grid columns={2}>
        <div className="part-stage">
          <Question onClose={() => {}} />
        </div>
        <div className="part-stage part-stage-list">
          <Toast text="Acknowledged INC-138" undo={{ onUndo: () => {} }} secondsLeft={9} />
          <Toast icon="warn" text="Not saved, Li changed it first" undo={{ name: 'Compare', onUndo: () => {} }} />
          <div className="line wraps">
            <Button onClick={() => setOpen('dialog')}>Open a dialog</Button>
            <Button onClick={() => setOpen('sheet')}>Open a sheet</Button>
            <Button onClick={() => toast({ text: 'Done', undo: { onUndo: () => toast({ text: 'Undone' }) } })}>Show a toast</Button>
          </div>
        </div>
      </Grid>
      <Dialog open={open === 'dialog'} title="Keep it?" onClose={close} buttons={<Button onClick={close}>Keep it</Button>}>
        <p className="sub">The focus stays in here until this is answered.</p>
      </Dialog>
      <Sheet open={open === 'sheet'} title="More" onClose={close}>
        <SheetLinks>
          <SheetLink icon="layers" href="/parts" detail="6 in trouble" onFollow={close}>
            Services
          </SheetLink>
          <SheetLink icon="users" href="/parts" onFollow={close}>
            People
          </SheetLink>
        </SheetLinks>
      </Sheet>
    </Block>
  )
}

function Question({ onClose }: { onClose: () => void }) {
  return (
    <DialogContent
      id={useId()}
      title="Resolve INC-142?"
      mark={<SeverityMark rank={1} />}
      onClose={onClose}
      will="Tells 6 people"
      buttons={
        <>
          <Button kind="quiet">Keep open</Button>
          <Button kind="primary">Resolve</Button>
        </>
      }
    >
      <p className="sub">Two things are still open. They stay on the record.</p>
      <Checkbox defaultChecked>Error rate at baseline for 30 min</Checkbox>
      <SelectField label="Data lost?" defaultValue="No">
        <option>No</option>
      </SelectField>
    </DialogContent>
  )
}
