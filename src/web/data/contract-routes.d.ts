/** Method and path of every route, without the schemas: those check requests on the server and would double the first load. */
declare module 'virtual:contract-routes' {
  const contract: typeof import('../../contract.ts').contract
  export default contract
}
