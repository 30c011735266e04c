export * from './registry.ts'
export * from './visit.ts'
export * from './review.ts'
export * from './pacing.ts'
