export {
  LOGIN_LINK_MS,
  makeLoginLink,
  SESSION_MS,
  sessionCookie,
  signIn,
  signOut,
} from './actions.ts'
export { hashOf, newSecret, sameSecret } from './credentials.ts'
export { languageOfPerson, type Preferences } from './preferences.ts'
export { accessRoom } from './room.ts'
export {
  forgetPeople,
  hasSignedIn,
  insertToken,
  isLoginLinkGood,
  readPreferences,
  readTokens,
  revokeToken,
  type Token,
} from './store.ts'
