import { z } from 'zod'

/** A web address someone types in. Which networks it may lead to is the egress guard's question, not ours. */
export const webAddress = z
  .string()
  .max(2000, 'A web address has at most 2,000 characters.')
  .refine((address) => !/[\s\p{Cc}]/u.test(address), 'A web address holds no spaces or line breaks; take them out.')
  .refine(isWeb, 'Write a web address like https://example.org/hook, with https:// or http:// in front.')

/** So that a second check can rely on the first: zod runs all of them. */
export function isWeb(address: string): boolean {
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)
}
