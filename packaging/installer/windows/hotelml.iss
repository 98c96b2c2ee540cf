; The set-up program of HotelML, for Inno Setup 6.3 or newer. build.py passes Version, Folder, Project, Out and Name.

#ifndef Version
  #error Run packaging/bootstrap.py package: it passes the version and the folders.
#endif

[Setup]
; Never change the AppId: it is how a newer HotelML finds the one to replace.
AppId={{6B0B9B57-2E0B-4C43-9C2E-5B7C7C0E6B5A}
AppName=HotelML
AppVersion={#Version}
AppPublisher=The HotelML authors
DefaultDirName={autopf}\HotelML
DefaultGroupName=HotelML
DisableProgramGroupPage=yes
; For everybody on this PC, or without an administrator for oneself: the first page asks.
PrivilegesRequired=admin
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile={#Project}\LICENSE
SetupIconFile={#Project}\resources\icons\hotelml.ico
UninstallDisplayIcon={app}\hotelml-window.exe
OutputDir={#Out}
OutputBaseFilename={#Name}
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
; A running HotelML is asked to close, so that no file of it stays of the old version.
CloseApplications=yes
UsedUserAreasWarning=no
RestartApplications=no

[Tasks]
Name: "desktopicon"; Description: "An icon on the desktop"; GroupDescription: "Also:"

[InstallDelete]
; What an older version had and this one has not.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Folder}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{group}\HotelML"; Filename: "{app}\hotelml-window.exe"; Parameters: "gui"
Name: "{autodesktop}\HotelML"; Filename: "{app}\hotelml-window.exe"; Parameters: "gui"; Tasks: desktopicon

[Registry]
; Written by the program where somebody wants it to start at sign-in; taken away with it, for the user who does that.
Root: HKCU; Subkey: "Software\Microsoft\Windows\CurrentVersion\Run"; ValueType: none; ValueName: "HotelML"; Flags: dontcreatekey uninsdeletevalue

[Run]
Filename: "{app}\hotelml-window.exe"; Parameters: "gui"; Description: "Open HotelML"; Flags: nowait postinstall skipifsilent

; The hotel's data (HOTELML_HOME) lies elsewhere and stays, whatever is installed or taken away.

[Code]
// Setup closes a running HotelML by itself (CloseApplications); taking it away has nothing like that.
function InitializeUninstall(): Boolean;
begin
  Result := True;
  while Result and CheckForMutexes('HotelML-is-running,Global\HotelML-is-running') do
    Result := SuppressibleMsgBox('HotelML is running. Quit it from the menu of its icon in the notification area, then press OK.',
      mbInformation, MB_OKCANCEL, IDCANCEL) = IDOK;
end;
