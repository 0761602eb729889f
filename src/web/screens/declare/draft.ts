import type { Known } from '../../product/severity/proposal.ts'

export const KINDS = ['production', 'security', 'data-exposure', 'near-miss'] as const
export type Kind = (typeof KINDS)[number]

/** What is filled in and not declared yet. */
export interface Draft extends Known {
  title: string
  /** A service, or `policy NAME`, or empty. */
  whom: string
  /** Chosen by a person; what is proposed, unless it is. */
  level: string | undefined
  reason: string
  kind: Kind
  /** As a field for date and time holds it. */
  began: string
  held: boolean
  /** Page although the level wakes nobody. */
  page: boolean
  isPrivate: boolean
  members: string[]
}

export const EMPTY_DRAFT: Draft = {
  title: '',
  whom: '',
  facts: {},
  unknown: [],
  level: undefined,
  reason: '',
  kind: 'production',
  began: '',
  held: false,
  page: false,
  isPrivate: false,
  members: [],
}

/** A level as its scheme words it, with what the plan says of it. */
export interface Level {
  key: string
  name: string
  meaning: string
  update?: { every: string } | undefined
  raise: { how: string }[]
  monitoring: { least: string }
  resolve: 'checked' | 'advised' | 'free'
  review: 'required' | 'offered' | 'none'
}

export interface Plan {
  pages: { person: string; displayName: string; by: string }[]
  tells: { how: 'notify' | 'chat' | 'queue' | 'ticket'; whom: string | null; people: string[] }[]
  roles: string[]
  nextUpdateBy: string | null
  warnings: string[]
}
