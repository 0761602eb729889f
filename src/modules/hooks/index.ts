export { Hook, type HookSpec } from './hook.ts'
export { hookKind } from './hook-kind.ts'
export { hooksRoom } from './room.ts'
