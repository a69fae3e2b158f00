// The SDK's published typings import a module that exists only in its own repository; without this, user tags are `any`.
declare module 'src/common' {
  export * as commonTypes from '@botpress/sdk/dist/common/types'
}
