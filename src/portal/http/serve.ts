import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type {
  BodyOf,
  EndpointShape,
  ParamsOf,
  QueryOf,
  ResponseOf,
} from '../../contract/endpoint.ts';
import type { Asker } from './asker.ts';
import type { Principal } from './principal.ts';

/** What a handler gets. Parameters, query and body have passed the endpoint's schemas. */
export interface Call<E extends EndpointShape> {
  readonly params: ParamsOf<E>;
  readonly query: QueryOf<E>;
  readonly body: BodyOf<E>;
  /** Who asks, against what is in force now. Throws on `public` and `identified` endpoints. */
  readonly asker: Asker;
  /** Who asks; null on `public` endpoints when nobody is signed in. */
  readonly principal: Principal | null;
  /** Unquoted `If-Match`; endpoints that require one never get null. */
  readonly ifMatch: string | null;
  readonly address: string;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export type Handler<E extends EndpointShape> = (
  call: Call<E>,
) => Promise<ResponseOf<E>> | ResponseOf<E>;

/** Registers an endpoint of the contract: its guard, schemas and handler. */
export type Serve = <E extends EndpointShape>(endpoint: E, handler: Handler<E>) => void;

/** A noun's routes: HTTP only, what they need is passed in by app.ts. */
export type Routes = (serve: Serve, app: FastifyInstance) => void;
