import { config } from "zod";

/**
 * zod tries `new Function` to write faster parsers; the server's content security policy refuses it and the browser logs
 * the attempt. Imported before every schema, because each decides when it is made.
 */
config({ jitless: true });
