import { z } from 'zod';

// Imported before anything that reads a schema: the page's policy forbids building code from text, and zod would
// otherwise probe for it, which the browser reports as a violation.
z.config({ jitless: true });
