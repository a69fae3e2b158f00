/**
 * Extensions of files that run, install or start something when they are opened. LiveChat refuses executables at upload
 * and publishes no list. We found no library that keeps such a list, so this one is ours, compiled in November 2026 from
 * three lists that are kept:
 *
 * - Gmail Help, "File types blocked in Gmail": all of it;
 * - Microsoft, "Blocked attachments in Outlook": without certificates, mail stores, Access data and web pages;
 * - Chromium, `download_file_types.asciipb`: what it calls dangerous on Windows, macOS and Linux, without archives.
 *
 * Documents are not in it, even those that may hold macros: people send them to support desks. Neither is what mostly
 * names an endpoint of a server (`php`, `action`).
 */
const EXTENSIONS = new Set(
  `
  exe ex ex_ com bat cmd scr pif cpl msi msp mst msu msc msix msixbundle appx appxbundle appinstaller appcontent-ms
  application appref-ms settingcontent-ms library-ms search-ms searchconnector-ms gadget hta chm hlp htc lnk url website
  reg inf ins isp its job scf sct shb shs theme themepack deskthemepack diagcab diagcfg diagpkg printerexport rdp iqy slk
  udl wsb ps1 ps1xml ps2 ps2xml psc1 psc2 psd1 psm1 pssc cdxml psrc msh msh1 msh2 mshxml msh1xml msh2xml vb vbe vbs vbp
  vxd vsmacros vsw bas js jse mjs cjs ws wsf wsh wsc dll sys drv ocx efi lib nsh mof mcf osd ops plg prf prg fxp grp cnt
  xbap xll xla xlam wll ppa ppam ade adp mde accde mda xnk cab swf spl crx xpi vsix oxt
  iso img ima vhd vhdx wim dmg dmgpart sparseimage sparsebundle toast smi vmdk nrg
  app pkg mpkg command tool terminal workflow scpt scptd applescript osax prefpane kext seplugin webloc inetloc
  fileloc mobileconfig configprofile networkconnect xip safariextz dylib
  sh bash zsh csh ksh tcsh fish ash run bin elf out so deb rpm snap flatpak flatpakref flatpakrepo appimage desktop
  service shar pet pup
  jar war ear class jnlp apk apks xapk aab dex ipa py pyc pyd pyo pyw pyz pyzw rb pl lua tcl ahk au3 a3x`
    .trim()
    .split(/\s+/),
)

const TYPES = new Set(
  [
    'x-msdownload x-msdos-program x-dosexec exe x-exe x-winexe vnd.microsoft.portable-executable x-ms-installer x-msi',
    'x-ms-shortcut x-mswinurl x-ms-application x-ms-manifest msix msixbundle appx appxbundle appinstaller',
    'vnd.ms-appx vnd.ms-htmlhelp x-chm x-ms-xbap hta x-bat x-powershell vnd.ms-cab-compressed',
    'x-executable x-pie-executable x-elf x-sharedlib x-mach-binary x-sh x-csh x-shellscript x-desktop',
    'vnd.appimage x-iso9660-appimage vnd.snap vnd.flatpak vnd.debian.binary-package x-debian-package x-rpm',
    'x-redhat-package-manager java-archive x-java-archive java-vm x-java-jnlp-file vnd.android.package-archive',
    'x-ios-app x-apple-diskimage x-iso9660-image x-cd-image x-virtualbox-vhd x-raw-disk-image x-apple-aspen-config',
    'javascript x-javascript ecmascript x-python-code x-python x-perl x-ruby x-php x-httpd-php x-shockwave-flash',
  ]
    .flatMap((names) => names.split(' '))
    .map((name) => `application/${name}`)
    .concat('text/javascript', 'text/ecmascript', 'text/x-shellscript', 'text/x-sh', 'text/x-python', 'text/x-perl')
    .concat('text/x-ruby', 'text/x-php', 'text/vbscript', 'text/scriptlet'),
)

/**
 * Whether a file is a program by its name or its MIME type. Windows ignores dots and spaces at the end of a name, and
 * reads `a.exe::$DATA` as `a.exe`, so a name also counts without such an end.
 */
export function isProgram(name: string, type: string | undefined): boolean {
  const names = [name, name.replace(/(?<!\s)\s*[:;$].*$/, '')]
  return TYPES.has(type ?? '') || names.some((each) => EXTENSIONS.has(programExtensionOf(each)))
}

function programExtensionOf(name: string): string {
  return /\.([a-z0-9][\w-]*)[.\s]*$/i.exec(name)?.[1]?.toLowerCase() ?? ''
}

/** What programs begin with: Windows' shortcuts, ELF, Mach-O in its four forms, Java classes and Mach-O for two machines, DEX. */
const MAGIC = ['4c0000000114', '7f454c46', 'feedface', 'feedfacf', 'cefaedfe', 'cffaedfe', 'cafebabe', '6465780a']

/** Whether a file is a program by its first bytes, whatever its name says. */
export function beginsLikeProgram(head: Buffer): boolean {
  const start = head.subarray(0, 8)
  if (MAGIC.some((magic) => start.toString('hex').startsWith(magic))) return true
  const isScript = /^#! ?\//.test(start.toString('latin1'))
  // Windows' programs begin with two letters, which words can do too.
  return isScript || (start.toString('latin1').startsWith('MZ') && head.subarray(0, 64).includes(0))
}
