import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { UseQueryResult } from '@tanstack/react-query'
import { get } from './client.ts'
import type { ApiError } from './client.ts'
import type { AnswerOf, ArgsOf, RouteOf, UrlsOf } from './types.ts'

/**
 * What a GET route answers, kept fresh. While other parameters load the former rows stay on the screen. After a change,
 * `queryClient.invalidateQueries({ queryKey: ['/api/channels'] })` asks again.
 */
export function useApi<U extends UrlsOf<'GET'>>(url: U, args: ArgsOf<RouteOf<'GET', U>>, options: { enabled?: boolean; every?: number } = {}): UseQueryResult<AnswerOf<RouteOf<'GET', U>>, ApiError> {
  return useQuery<AnswerOf<RouteOf<'GET', U>>, ApiError>({
    queryKey: [url, args],
    queryFn: ({ signal }) => (get as (u: U, a: unknown, s: AbortSignal) => Promise<AnswerOf<RouteOf<'GET', U>>>)(url, args, signal),
    placeholderData: keepPreviousData,
    enabled: options.enabled ?? true,
    ...(options.every === undefined ? {} : { refetchInterval: options.every }),
  })
}
