export * from './registry.ts'
export * from './visit.ts'
