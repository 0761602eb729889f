/** Which rules of which lands every schedule is reckoned by: Node carries them, whatever the machine or the database knows. */
export const ZONE_DATA = process.versions.tz ?? 'unknown'
