export type DeliveryOutcome = 'queued' | 'sending' | 'delivered' | 'retrying' | 'gave-up' | 'withdrawn'
