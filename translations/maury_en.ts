<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>maury::ui::EvaluatePage</name>
    <message numerus="yes">
        <source>%n chosen stars</source>
        <translation>
            <numerusform>%n chosen star</numerusform>
            <numerusform>%n chosen stars</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stars were judged: those on which the judges differ most come first</source>
        <translation>
            <numerusform>%n star was judged</numerusform>
            <numerusform>%n stars were judged: those on which the judges differ most come first</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>maury::ui::JudgesModel</name>
    <message numerus="yes">
        <source>, %n luminosity class(es)</source>
        <translation>
            <numerusform>, %n luminosity class</numerusform>
            <numerusform>, %n luminosity classes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>maury::ui::JudgesPanel</name>
    <message numerus="yes">
        <source>%n stars</source>
        <translation>
            <numerusform>%n star</numerusform>
            <numerusform>%n stars</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>maury::ui::MistakesPanel</name>
    <message numerus="yes">
        <source>%n stars</source>
        <translation>
            <numerusform>%n star</numerusform>
            <numerusform>%n stars</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>maury::ui::SuspectsPanel</name>
    <message numerus="yes">
        <source>%n standards of %1</source>
        <translation>
            <numerusform>%n standard of %1</numerusform>
            <numerusform>%n standards of %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>maury::ui::TableWindow</name>
    <message numerus="yes">
        <source>%n rows</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
</context>
</TS>
