export interface BundleSize {
  readonly name: string;
  readonly kib: number;
  readonly budgetKib: number;
}

export function bundleSizes(out?: string): BundleSize[];
export function overBudget(out?: string): string[];
