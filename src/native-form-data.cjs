// Stands for the package `form-data` in the bundle (see `__advanced.esbuild` in the definition): axios takes it for
// multipart bodies, which none of our calls and none of the Botpress client's has, and brings 165 kB of MIME types with
// it. Node's own class does the same, and axios knows it.
module.exports = globalThis.FormData
