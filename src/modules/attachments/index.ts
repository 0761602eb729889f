export { attachmentsRoom } from './room.ts'
export { forgetAttachments, removeFileOf } from './store.ts'
