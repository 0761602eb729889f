import type { ChannelView } from './modules/paging/contract.ts'

export declare const channelsTold: Omit<ChannelView, 'about'>[]
