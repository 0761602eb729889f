export { certificatesRoom } from './certificates.ts'
export { installationRoom } from './room.ts'
