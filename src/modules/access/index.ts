export { type AccessParts, createAuthenticate, LOGIN_LINK_MS, makeLoginLink, sessionCookie, signIn, signOut } from './actions.ts'
export { hashOf, newSecret, sameSecret } from './credentials.ts'
export { type AccessRouteParts, accessHandlers, sessionRoutes } from './routes.ts'
export { forgetEnded, forgetPeople, hasSignedIn, insertToken, isLoginLinkGood, readTokens, revokeToken, type Token } from './store.ts'
