; The set-up program of HotelML, for NSIS 3.08 or newer. windows.py passes VERSION, FOLDER, PROJECT and OUT.
;
;     hotelml-...-setup.exe [/S] [/AllUsers | /CurrentUser] [/D=C:\Some Folder]
;
; /S asks nothing: it ends with 0, or with 2 and nothing changed, as where HotelML runs. /D= comes last, without quotation marks.

Unicode true
ManifestDPIAware true
SetCompressor /SOLID lzma
SetCompressorDictSize 64
AllowSkipFiles off
Name HotelML
OutFile "${OUT}"
BrandingText "HotelML ${VERSION}"

; Never change this key: it is how a newer HotelML finds the one to replace.
!define ENTRY Software\Microsoft\Windows\CurrentVersion\Uninstall\HotelML
!define RUN Software\Microsoft\Windows\CurrentVersion\Run

; For everybody on this PC where an administrator starts it (a page asks), else for oneself.
!define MULTIUSER_EXECUTIONLEVEL Highest
!define MULTIUSER_MUI
!define MULTIUSER_USE_PROGRAMFILES64
!define MULTIUSER_INSTALLMODE_COMMANDLINE
!define MULTIUSER_INSTALLMODE_INSTDIR HotelML
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_KEY ${ENTRY}
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_VALUENAME InstallLocation
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_KEY ${ENTRY}
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_VALUENAME InstallLocation
!include MultiUser.nsh
!include MUI2.nsh
!include x64.nsh

!define MUI_ICON "${PROJECT}\resources\icons\hotelml.ico"
!define MUI_UNICON "${MUI_ICON}"
!define MUI_COMPONENTSPAGE_NODESC
!define MUI_WELCOMEFINISHPAGE_BITMAP "${NSISDIR}\Contrib\Graphics\Wizard\nsis3-metro.bmp"
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_TEXT "Open HotelML"
!define MUI_FINISHPAGE_RUN_FUNCTION OpenHotelML
!insertmacro MUI_PAGE_LICENSE "${PROJECT}\LICENSE"
!insertmacro MULTIUSER_PAGE_INSTALLMODE
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE English

; Goes on once no HotelML runs, of this user or of another one on this PC; each makes both marks.
!macro WAIT_UNTIL_CLOSED
  ${Do}
    StrCpy $1 ""
    System::Call 'kernel32::OpenMutexW(i 0x100000, i 0, w "HotelML-is-running") p .r0'
    ${If} $0 P= 0
      System::Call 'kernel32::OpenMutexW(i 0x100000, i 0, w "Global\HotelML-is-running") p .r0'
    ${EndIf}
    ${If} $0 P= 0
      ${Break}
    ${EndIf}
    System::Call 'kernel32::CloseHandle(p r0)'
    MessageBox MB_RETRYCANCEL|MB_ICONINFORMATION \
      "HotelML is running. Quit it from the menu of its icon in the notification area, then press Retry." /SD IDCANCEL IDRETRY +2
    Abort "HotelML is running; nothing was changed."
  ${Loop}
!macroend

Section "HotelML"
  SectionIn RO
  !insertmacro WAIT_UNTIL_CLOSED
  ; The former version's own files make room; a file of them that is in use keeps the folder where it is, and nothing was changed.
  RMDir /r "$INSTDIR\_former"
  ${If} ${FileExists} "$INSTDIR\_internal\*"
    ClearErrors
    Rename "$INSTDIR\_internal" "$INSTDIR\_former"
    ${If} ${Errors}
      Abort "A program holds a file in $INSTDIR\_internal; nothing was changed. Restart the PC, then start this set-up again."
    ${EndIf}
  ${EndIf}
  SetOutPath "$INSTDIR\_internal"
  File /r "${FOLDER}\_internal\*"
  SetOutPath "$INSTDIR"
  File "${FOLDER}\hotelml.exe" "${FOLDER}\hotelml-window.exe"
  RMDir /r /REBOOTOK "$INSTDIR\_former"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\HotelML.lnk" "$INSTDIR\hotelml-window.exe" gui
  WriteRegStr SHCTX "${ENTRY}" DisplayName HotelML
  WriteRegStr SHCTX "${ENTRY}" DisplayVersion "${VERSION}"
  WriteRegStr SHCTX "${ENTRY}" DisplayIcon "$INSTDIR\hotelml-window.exe"
  WriteRegStr SHCTX "${ENTRY}" Publisher "The HotelML authors"
  WriteRegStr SHCTX "${ENTRY}" InstallLocation "$INSTDIR"
  WriteRegStr SHCTX "${ENTRY}" UninstallString '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode'
  WriteRegStr SHCTX "${ENTRY}" QuietUninstallString '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode /S'
  ${GetSize} "$INSTDIR" /S=0K $0 $1 $2
  WriteRegDWORD SHCTX "${ENTRY}" EstimatedSize $0
  WriteRegDWORD SHCTX "${ENTRY}" NoModify 1
  WriteRegDWORD SHCTX "${ENTRY}" NoRepair 1
SectionEnd

Section "An icon on the desktop"
  CreateShortcut "$DESKTOP\HotelML.lnk" "$INSTDIR\hotelml-window.exe" gui
SectionEnd

Section /o "Start HotelML when I sign in"
  nsExec::ExecToLog '"$INSTDIR\hotelml.exe" signin on'
  Pop $0
SectionEnd

; The hotel's data (HOTELML_HOME) lie elsewhere and stay, whatever is installed or taken away.
Section Uninstall
  !insertmacro WAIT_UNTIL_CLOSED
  Delete "$SMPROGRAMS\HotelML.lnk"
  Delete "$DESKTOP\HotelML.lnk"
  Delete /REBOOTOK "$INSTDIR\hotelml.exe"
  Delete /REBOOTOK "$INSTDIR\hotelml-window.exe"
  RMDir /r /REBOOTOK "$INSTDIR\_internal"
  RMDir /r /REBOOTOK "$INSTDIR\_former"
  Delete /REBOOTOK "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegKey SHCTX "${ENTRY}"
  ; Written by the program where somebody wants it to start at sign-in; taken away with it, for the user who does that.
  DeleteRegValue HKCU "${RUN}" HotelML
SectionEnd

Function .onInit
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastBuild} 17763
    MessageBox MB_ICONSTOP "HotelML needs a 64-bit Windows 10 of version 1809, or a newer one." /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
  SetRegView 64
  ; What /D= says is kept: finding the former version's folder would write over it.
  StrCpy $R0 $INSTDIR
  !insertmacro MULTIUSER_INIT
  ${If} $R0 != ""
    StrCpy $INSTDIR $R0
  ${EndIf}
  ; One for everybody is there: a second one, for this user alone, would not replace it. Windows asks for an administrator.
  ReadRegStr $0 HKLM "${ENTRY}" InstallLocation
  ReadRegStr $1 HKCU "${ENTRY}" InstallLocation
  ${If} $MultiUser.Privileges != Admin
  ${AndIf} $0 != ""
  ${AndIf} $1 == ""
    SetErrorLevel 2
    ${IfNot} ${Silent}
      ExecShell runas "$EXEPATH" /AllUsers
    ${EndIf}
    Quit
  ${EndIf}
FunctionEnd

Function un.onInit
  SetRegView 64
  !insertmacro MULTIUSER_UNINIT
FunctionEnd

; By way of the desktop: it is to run as the user, not as the administrator that this set-up may be.
Function OpenHotelML
  Exec '"$WINDIR\explorer.exe" "$SMPROGRAMS\HotelML.lnk"'
FunctionEnd

; A folder that could not be filled, for want of room perhaps, is given back; the programs, which come last, are still the former ones.
Function .onInstFailed
  ${If} ${FileExists} "$INSTDIR\_former\*"
    RMDir /r "$INSTDIR\_internal"
    Rename "$INSTDIR\_former" "$INSTDIR\_internal"
  ${EndIf}
FunctionEnd
