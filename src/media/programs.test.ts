import { expect, test } from 'vitest'
import { cleanFileName } from './file-name'
import { beginsLikeProgram, isProgram } from './programs'

test.each(
  (
    'exe com bat cmd scr pif cpl msi msp msix msixbundle appx appxbundle appinstaller application appref-ms ' +
    'settingcontent-ms library-ms search-ms gadget hta chm lnk url website reg inf job scf sct ps1 psm1 vb vbe vbs js ' +
    'jse mjs wsf wsc dll sys ocx xll diagcab diagcfg diagpkg iso img vhd vhdx dmg pkg mpkg app command terminal scpt ' +
    'workflow webloc mobileconfig sh bash run bin elf so deb rpm appimage desktop jar jnlp class apk ipa py pyw rb pl'
  ).split(' '),
)('%s is a program', (extension) => {
  expect(isProgram(`setup.${extension}`, undefined)).toBe(true)
})

test.each([
  'SETUP.EXE',
  'photo.jpg.exe',
  'photo.jpg .exe',
  'setup.exe.',
  'setup.exe . .',
  'setup.exe::$DATA',
  'setup.exe;1',
  'setup.exe\u200b',
  'photo\u202egpj.exe',
  'Bill $5.exe',
  'a:b.exe',
  'a.settingcontent-MS',
])('%s is a program under its clean name and its own', (name) => {
  expect(isProgram(name.replace(/\p{Cf}/gu, ''), undefined)).toBe(true)
  expect(isProgram(cleanFileName(name), undefined)).toBe(true)
})

test.each([
  'photo.jpg',
  'photo.exe.jpg',
  'Contract.pdf',
  'letter.docm',
  'table.xlsm',
  'photos.zip',
  'photos.7z',
  'page.html',
  'logo.svg',
  'data.csv',
  'mail.eml',
  'exe',
  'the.exe file',
  'report v1.2',
  'Bill: March.pdf',
  'certificate.crt',
])('%s is no program', (name) => {
  expect(isProgram(name, undefined)).toBe(false)
})

test.each([
  'application/x-msdownload',
  'application/vnd.microsoft.portable-executable',
  'application/x-sh',
  'application/java-archive',
  'application/x-java-jnlp-file',
  'application/x-apple-diskimage',
  'application/x-iso9660-image',
  'application/vnd.ms-htmlhelp',
  'text/javascript',
  'text/x-python',
])('what is of type %s is a program', (type) => {
  expect(isProgram('photo.jpg', type)).toBe(true)
})

test.each([
  { what: 'a program of Windows', bytes: 'MZ\u0090\0\u0003\0\0\0' },
  { what: 'a program of Linux', bytes: '\x7fELF\u0002\u0001' },
  { what: 'a program of macOS', bytes: '\u00cf\u00fa\u00ed\u00fe\u0007\0' },
  { what: 'a program of macOS for two machines', bytes: '\u00ca\u00fe\u00ba\u00be\0\0' },
  { what: 'a shortcut of Windows', bytes: 'L\0\0\0\u0001\u0014\u0002\0' },
  { what: 'a program of Android', bytes: 'dex\n035\0' },
  { what: 'a script', bytes: '#!/bin/sh\n' },
  { what: 'a script with a space', bytes: '#! /usr/bin/env python3\n' },
])('$what is known by its first bytes', ({ bytes }) => {
  expect(beginsLikeProgram(Buffer.from(bytes, 'latin1'))).toBe(true)
})

test.each([
  '',
  'M',
  'MZ 4711 is my order',
  '#!AMR\n',
  '# heading',
  '\u00ff\u00d8\u00ff\u00e0',
  'PK\u0003\u0004',
  '%PDF-1.7',
])('what begins with "%s" is no program', (bytes) => {
  expect(beginsLikeProgram(Buffer.from(bytes, 'latin1'))).toBe(false)
})
