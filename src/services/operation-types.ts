import type { CallOptions } from './call-options.ts';

/** What an operation takes and gives, as a process sees it. */
interface OperationShape {
  readonly request: unknown;
  readonly response: unknown;
}

/**
 * `call`, narrowed to the operations of a project: a name that is none of theirs, a field that is missing or misspelt,
 * or a value of the wrong type does not compile.
 */
export type TypedCall<Operations extends { readonly [Name in keyof Operations]: OperationShape }> = <
  Name extends keyof Operations & string,
>(
  operation: Name,
  request: Operations[Name]['request'],
  options?: CallOptions,
) => Promise<Operations[Name]['response']>;

/**
 * An operation of an OpenAPI document, as `openapi-typescript` writes it, turned into what a process says of a call and
 * gets from it.
 *
 * Members of the request that have nothing required may be left out. Headers that Baton sets itself are no business of
 * the process; neither is `AuthHeader`, the lower-case name of the header that carries the service's secret.
 * The response is the JSON body of any 2xx answer, `null` where there is none.
 */
export interface OperationTypes<Operation, AuthHeader extends string = 'authorization'> {
  readonly request: Flat<
    Member<'path', ParametersIn<Operation, 'path'>> &
      Member<'query', ParametersIn<Operation, 'query'>> &
      Member<'headers', OwnHeaders<ParametersIn<Operation, 'header'>, AuthHeader>> &
      BodyMember<Operation>
  >;
  readonly response: Operation extends { readonly responses: infer Responses } ? Answer<Responses> : unknown;
}

type Flat<Type> = { readonly [Key in keyof Type]: Type[Key] };

type ParametersIn<Operation, Place extends string> = Operation extends {
  readonly parameters: infer Parameters;
}
  ? Parameters extends Readonly<Partial<Record<Place, infer Fields>>>
    ? NonNullable<Fields>
    : never
  : never;

/** A member that takes nothing is kept as `never`: without any member, TypeScript would not refuse a misspelt one. */
type Member<Key extends string, Fields> = [Fields] extends [never]
  ? Readonly<Partial<Record<Key, never>>>
  : keyof Fields extends never
    ? Readonly<Partial<Record<Key, never>>>
    : Partial<Fields> extends Fields
      ? Readonly<Partial<Record<Key, Fields>>>
      : Readonly<Record<Key, Fields>>;

type OwnHeaders<Fields, AuthHeader extends string> = [Fields] extends [never]
  ? never
  : {
      [
        Key in keyof Fields as Lowercase<Key & string> extends HeaderOfBaton | AuthHeader ? never : Key
      ]: Fields[Key];
    };

type HeaderOfBaton = 'idempotency-key' | 'traceparent' | 'tracestate' | 'content-type' | 'accept';

type BodyMember<Operation> = Operation extends { readonly requestBody: { readonly content: infer Content } }
  ? { readonly body: JsonContent<Content> }
  : Operation extends { readonly requestBody?: infer Body }
    ? [NonNullable<Body>] extends [never]
      ? { readonly body?: never }
      : NonNullable<Body> extends { readonly content: infer Content }
        ? { readonly body?: JsonContent<Content> }
        : { readonly body?: never }
    : { readonly body?: never };

type JsonContent<Content> = Content[keyof Content & (`application/json${string}` | `${string}+json`)];

type SuccessKey<Key> = Key extends number | string ? (`${Key}` extends `2${string}` ? Key : never) : never;

type Answer<Responses> = [SuccessKey<keyof Responses>] extends [never]
  ? unknown
  : { [Key in keyof Responses]: AnswerBody<Responses[Key]> }[SuccessKey<keyof Responses> & keyof Responses];

type AnswerBody<Response> = Response extends { readonly content: infer Content }
  ? JsonContent<Content>
  : null;
