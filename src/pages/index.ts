export { type LinkParts, linkRoutes } from './link.ts'
export { type SignInParts, signInRoutes } from './sign-in.ts'
