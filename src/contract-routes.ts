/**
 * The contract for those who only call: builds put method and path of each route here instead (`bin/contract-routes.js`),
 * because its schemas check requests on the server, would double the browser's first load and are half of a command's start.
 */
export { contract } from './contract.ts'
