// zod would probe `new Function` as soon as the contract's schemas are made, which the content
// security policy forbids and reports. Its settings must stand before its first module runs, and
// importing it here would bring it into the sign-in page; it reads them from this global.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
