import { Frame } from '../frame/frame.tsx'
import { NotFoundScreen } from '../screens/shell/not-found-screen.tsx'

/** An address that leads nowhere, with all the places around it to go on from. */
export function NotFoundPage() {
  return (
    <Frame place="nowhere">
      <NotFoundScreen />
    </Frame>
  )
}
