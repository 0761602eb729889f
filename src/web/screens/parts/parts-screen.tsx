import './parts-screen.css'
import { useEffect } from 'react'
import { BellMark } from '../../parts/icon.tsx'
import { Segmented } from '../../parts/segmented.tsx'
import { TickingProvider } from '../../parts/ticking.tsx'
import { useStoredChoice } from '../../stored-choice.ts'
import { themeChoice } from '../../theme.ts'
import { ControlBlocks } from './control-blocks.tsx'
import { FormBlocks } from './form-blocks.tsx'
import { FoundationBlocks } from './foundation-blocks.tsx'
import { ListBlocks } from './list-blocks.tsx'
import { MarkBlocks } from './mark-blocks.tsx'
import { OverlayBlocks } from './overlay-blocks.tsx'
import { RopeBlocks } from './rope-blocks.tsx'
import { sampleTicker, sampleZone } from './sample/time.ts'
import { ScreenBlock } from './screen-block.tsx'
import { StateBlocks } from './state-blocks.tsx'

/** For developers: every part in every state, from tokens alone. A screen that needs something new adds it here first. */
export function PartsScreen() {
  const theme = useStoredChoice(themeChoice)
  useEffect(() => {
    document.title = 'Parts · Tocsin'
  }, [])
  return (
    <TickingProvider ticker={sampleTicker} zone={sampleZone}>
      <main id="main" className="parts-screen" tabIndex={-1}>
        <header>
          <BellMark size={40} />
          <div className="grow">
            <h1>Tocsin parts</h1>
            <p>Every part in every state, from tokens alone. Check both themes.</p>
          </div>
          <Segmented
            label="Theme"
            segments={[
              { value: 'system', name: 'System', icon: 'sliders' },
              { value: 'light', name: 'Light', icon: 'sun' },
              { value: 'dark', name: 'Dark', icon: 'moon' },
            ]}
            current={theme}
            onPick={themeChoice.choose}
          />
        </header>
        <ScreenBlock />
        <MarkBlocks />
        <ControlBlocks />
        <FormBlocks />
        <StateBlocks />
        <RopeBlocks />
        <ListBlocks />
        <OverlayBlocks />
        <FoundationBlocks />
      </main>
    </TickingProvider>
  )
}
