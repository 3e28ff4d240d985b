import type { Fault } from '../../core/errors.ts';

/** What the API found wrong with what is at exactly this place. */
export function faultsAt(pointer: string, errors: readonly Fault[]): readonly Fault[] {
  return errors.filter((error) => error.pointer === pointer);
}

/**
 * The field to lead a person to for a fault: the one at its place, or else the nearest around it.
 *
 * @param isShown whether there is a field at a place
 */
export function fieldFor(pointer: string, isShown: (pointer: string) => boolean): string | null {
  for (let place = pointer; place !== ''; place = place.slice(0, place.lastIndexOf('/'))) {
    if (isShown(place)) return place;
    if (!place.includes('/')) return null;
  }
  return isShown('') ? '' : null;
}
