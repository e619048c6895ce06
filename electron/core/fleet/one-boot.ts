/** One start of one host that serves an id of the fleet. */
export interface Serving {
  readonly boot: string;
}

/**
 * Which start gives way when two serve one id, found out after both began: a copied data folder, started twice at once
 * or on both sides of a broken net. Both see the same two and decide the same: the smaller name stays.
 */
export function givesWay(own: string, others: readonly Serving[]): boolean {
  return others.some(({ boot }) => boot !== own && boot < own);
}
