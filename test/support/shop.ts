import { fileURLToPath } from 'node:url';

import type { OrderFulfilmentInput } from '../../examples/shop/generated/baton.ts';
import { loadProject } from '../../src/project/load-project.ts';
import type { Process, Project } from '../../src/project/project.ts';
import { callOptions } from '../../src/services/call-options.ts';
import { createLab, type Lab } from './lab.ts';

export const shopDir = fileURLToPath(new URL('../../examples/shop', import.meta.url));

/** The shop as a project, with its services where the catalogue says unless the environment says otherwise. */
export function loadShop(env: Readonly<Record<string, string>> = {}): Promise<Project> {
  return loadProject(shopDir, env);
}

export function orderProcess(project: Project): Process {
  const process = project.processes['order-fulfilment'];
  if (process === undefined) throw new Error('the shop has lost its process order-fulfilment');
  return process;
}

/** An order of two lines that the shop can fulfil, below the limit of approval. */
export function createOrder(project: Project, orderId: string): OrderFulfilmentInput {
  const example = orderProcess(project).example as unknown as OrderFulfilmentInput;
  const lines = [
    { sku: 'tea-earl-grey', quantity: 2, unitPrice: 500 },
    { sku: 'cup-blue', quantity: 1, unitPrice: 500 },
  ];
  return { ...example, orderId, lines };
}

/** The shop's processes in a lab: real processes, scripted services. */
export async function createShopLab(): Promise<Lab & { readonly project: Project }> {
  const project = await loadShop();
  const lab = await createLab({
    processes: Object.values(project.processes),
    settings: callOptions(project.catalogue),
    eventTypes: project.events.types,
  });
  return { ...lab, project };
}
