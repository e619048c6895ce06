/** The shield with a pulse. */
export function BrandMark({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 26 26" aria-hidden="true">
      <path
        d="M13 1.500l9.500 3.400v7.200c0 6-4 10.300-9.500 12.400C7.500 22.400 3.500 18.100 3.500 12.100V4.900z"
        fill="var(--accent)"
      />
      <path
        d="M6.500 13.200h3.600l2-5 2.600 8.600 1.700-3.600h3.100"
        stroke="var(--accent-ink)"
        strokeWidth="1.900"
        fill="none"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
