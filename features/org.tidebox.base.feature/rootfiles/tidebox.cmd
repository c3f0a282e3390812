@echo off
rem Starts Tidebox on Windows. See the script "tidebox" beside this file: same rules.
setlocal EnableDelayedExpansion
set "product=%~dp0"
set "product=%product:~0,-1%"

set "java=java.exe"
if exist "%product%\jre\bin\java.exe" (
    set "java=%product%\jre\bin\java.exe"
) else if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" (
    set "java=%JAVA_HOME%\bin\java.exe"
)
set "major=0"
for /f "tokens=3" %%v in ('call "%java%" -version 2^>^&1 ^| findstr /c:" version "') do (
    for /f "delims=.-" %%m in ("%%~v") do set "major=%%m"
)
if !major! LSS 21 (
    echo tidebox: needs Java 21 or newer. Install one ^(for example Temurin 21^) or set JAVA_HOME to its folder. 1>&2
    exit /b 1
)

set "serving=" & set "first=" & set "second=" & set "home=%TIDEBOX_HOME%" & set "data=" & set "help="
call :words %*

rem Without the variable the folder would lie where everybody may write.
if not defined LOCALAPPDATA set "LOCALAPPDATA=%USERPROFILE%\AppData\Local"
set "cache=%LOCALAPPDATA%\Tidebox"
if exist "%product%\portable" set "cache=%product%\cache"
if not exist "%cache%" mkdir "%cache%"

if not defined help if "%first%"=="agent" if exist "%product%\features\org.tidebox.client.feature_*" (
    if not defined home set "home=%cache%"
    set "state=!home!"
    goto framework
)
if not defined help if "%first% %second%"=="server run" if defined data if exist "%product%\features\org.tidebox.server.feature_*" (
    set "state=%data%"
    set "serving=-XX:+ExitOnOutOfMemoryError -Djdk.virtualThreadScheduler.parallelism=32"
    goto framework
)

set "classpath="
for %%j in ("%product%\plugins\org.tidebox.*.jar") do set "classpath=!classpath!;%%~fj"
for %%b in (
    picocli com.fasterxml.jackson.core.jackson-databind com.fasterxml.jackson.core.jackson-core
    com.fasterxml.jackson.core.jackson-annotations com.fasterxml.jackson.dataformat.jackson-dataformat-cbor slf4j.api
) do for %%j in ("%product%\plugins\%%b_*.jar") do set "classpath=!classpath!;%%~fj"
"%java%" -Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -Xlog:disable ^
    -XX:+AutoCreateSharedArchive "-XX:SharedArchiveFile=%cache%\cli.jsa" -Dslf4j.internal.verbosity=ERROR ^
    "-Dtidebox.product=%product%" -cp "%classpath:~1%" org.tidebox.cli.Main %*
exit /b %ERRORLEVEL%

:framework
if not exist "%state%\osgi" mkdir "%state%\osgi"
if not exist "%state%\log" mkdir "%state%\log"
for %%s in ("%state%") do set "state=%%~fs"
for %%j in ("%product%\plugins\org.eclipse.osgi_*.jar") do set "osgi=%%~fj"
set "place=%product:\=/%"
"%java%" "@%product%\etc\jvm-jdk.options" -Xmx256m -Xlog:disable %serving% --enable-native-access=ALL-UNNAMED %TIDEBOX_JAVA_OPTIONS% ^
    "-Dtidebox.product=%product%" "-Dtidebox.log=%state%\log" ^
    "-Dlogback.configurationFile=%product%\etc\logback.xml" ^
    "-Djava.util.logging.config.file=%product%\etc\logging.properties" ^
    "-Dderby.stream.error.file=%state%\log\derby.log" ^
    -Declipse.ignoreApp=true -Dosgi.noShutdown=true ^
    "-Dosgi.install.area=file:/%place%/" -Dosgi.configuration.cascaded=true ^
    "-Dosgi.sharedConfiguration.area=file:/%place%/configuration/" ^
    "-Dosgi.framework=file:/!osgi:\=/!" "-Xbootclasspath/a:%osgi%" -cp "%osgi%" ^
    org.eclipse.core.runtime.adaptor.EclipseStarter -configuration "%state%\osgi" -clean %*
exit /b %ERRORLEVEL%

:words
if "%~1"=="" exit /b
if "%~1"=="--home" (
    set "home=%~2"
    shift
) else if "%~1"=="--data" (
    set "data=%~2"
    shift
) else if "%~1"=="--help" (
    set "help=yes"
) else if "%~1"=="-h" (
    set "help=yes"
) else (
    set "word=%~1"
    if not "!word:~0,1!"=="-" if not defined first (
        set "first=%~1"
    ) else if not defined second (
        set "second=%~1"
    )
)
shift
goto words
