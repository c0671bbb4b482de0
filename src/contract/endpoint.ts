import type { z } from 'zod';
import type { Permission } from '../domain/permissions.ts';

/**
 * Who may call an endpoint. `public`: anybody. `identified`: somebody with a valid sign-in, even if
 * they have no role. `signedIn`: somebody with a role anywhere. A permission: somebody who has it
 * somewhere; where its scope is `target` the handler asks again for the targets concerned.
 */
export type Guard = 'public' | 'identified' | 'signedIn' | Permission;

export interface EndpointShape {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path under the API's root, with `:name` for each parameter. */
  readonly path: `/${string}`;
  readonly summary: string;
  readonly guard: Guard;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** The success response; 204 where it is absent. Failures are always a problem document. */
  readonly response?: z.ZodType;
  /** Answers with an ETag, the resource's revision (R7). */
  readonly revision?: 'answers' | 'requires';
  /** Asks for the authentication context of the security settings, where one is set (R19). */
  readonly stepUp?: true;
}

/** An endpoint of the API: the server registers it, the browser calls it, OpenAPI describes it. */
export function defineEndpoint<const E extends EndpointShape>(endpoint: E): E {
  return endpoint;
}

export type ParamsOf<E> = E extends { params: infer S extends z.ZodType } ? z.output<S> : undefined;
export type QueryOf<E> = E extends { query: infer S extends z.ZodType } ? z.output<S> : undefined;
export type QueryInputOf<E> = E extends { query: infer S extends z.ZodType }
  ? z.input<S>
  : undefined;
export type BodyOf<E> = E extends { body: infer S extends z.ZodType } ? z.output<S> : undefined;
export type BodyInputOf<E> = E extends { body: infer S extends z.ZodType } ? z.input<S> : undefined;
export type ResponseOf<E> = E extends { response: infer S extends z.ZodType }
  ? z.output<S>
  : undefined;

/**
 * A request that a page makes by itself, again and again, says `background` in this header: it is
 * judged and answered as any other, but keeps no session from becoming idle (R15). A request can
 * only say that it is no use: with any other value, or none, it counts.
 */
export const activityHeader = 'gatehouse-activity';

/** Where the API lives. */
export const apiRoot = '/api/v1';
