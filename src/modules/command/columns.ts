import { columnMap } from '../../platform/columns.ts'
import { COLUMNS } from './command.ts'

export const columns = columnMap(COLUMNS)
export const NAMES = columns.names()
