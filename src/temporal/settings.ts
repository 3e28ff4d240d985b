import type { ConnectionOptions } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';

import { BatonError } from '../core/errors.ts';

/** How to reach Temporal; the same for every part of Baton. */
export interface TemporalSettings {
  readonly address: string;
  readonly namespace: string;
  /** TLS, API key and headers; empty where the server asks for none. */
  readonly credentials: Pick<ConnectionOptions, 'tls' | 'metadata'> & { readonly apiKey?: string };
}

/**
 * Reads Temporal's own environment configuration: TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TEMPORAL_API_KEY,
 * TEMPORAL_TLS_*, TEMPORAL_GRPC_META_*, and the profile TEMPORAL_PROFILE of the file TEMPORAL_CONFIG_FILE.
 *
 * @throws BatonError `invalid-request` when the file or a certificate cannot be read
 */
export function readTemporalSettings(env: Readonly<Record<string, string | undefined>>): TemporalSettings {
  const { connectionOptions, namespace } = load(env);
  const { address, tls, metadata, apiKey } = connectionOptions;
  return {
    address: address ?? 'localhost:7233',
    namespace: namespace ?? 'default',
    credentials: {
      ...(tls !== undefined && { tls }),
      ...(metadata !== undefined && { metadata }),
      ...(apiKey !== undefined && { apiKey }),
    },
  };
}

function load(env: Readonly<Record<string, string | undefined>>): ReturnType<typeof loadClientConnectConfig> {
  const overrideEnvVars: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    // An empty variable is how many shells and compose files say "not set".
    if (value !== undefined && value !== '') overrideEnvVars[name] = value;
  }
  const profile = overrideEnvVars['TEMPORAL_PROFILE'];
  try {
    return loadClientConnectConfig({ overrideEnvVars, ...(profile !== undefined && { profile }) });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new BatonError(
      'invalid-request',
      `Temporal's configuration (its file, or a TEMPORAL_ variable) is not valid: ${reason}`,
      { cause },
    );
  }
}
