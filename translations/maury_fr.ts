<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR" sourcelanguage="en">
<context>
    <name>maury::gui::FigureMenu</name>
    <message>
        <source>F&amp;igures</source>
        <translation>F&amp;igures</translation>
    </message>
    <message>
        <source>There is no figure here</source>
        <translation>Il n’y a pas de figure ici</translation>
    </message>
</context>
<context>
    <name>maury::gui::FileActions</name>
    <message>
        <source>Open &amp;recent</source>
        <translation>Fichiers &amp;récents</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>&amp;Ouvrir…</translation>
    </message>
    <message>
        <source>Open files of spectra</source>
        <translation>Ouvrir des fichiers de spectres</translation>
    </message>
    <message>
        <source>Open &amp;folder…</source>
        <translation>Ouvrir un &amp;dossier…</translation>
    </message>
    <message>
        <source>Open all spectra in a folder</source>
        <translation>Ouvrir tous les spectres d’un dossier</translation>
    </message>
    <message>
        <source>Open &amp;atlas…</source>
        <translation>Ouvrir un &amp;atlas…</translation>
    </message>
    <message>
        <source>Work with a folder of standards in MKCLASS naming</source>
        <translation>Travailler avec un dossier d’étalons nommés comme ceux de MKCLASS</translation>
    </message>
    <message>
        <source>Use the &amp;built-in atlas</source>
        <translation>Utiliser l’atlas &amp;intégré</translation>
    </message>
    <message>
        <source>Work with the synthetic atlas of the program</source>
        <translation>Travailler avec l’atlas synthétique du programme</translation>
    </message>
    <message>
        <source>Open &amp;model…</source>
        <translation>Ouvrir un &amp;modèle…</translation>
    </message>
    <message>
        <source>Answer with a trained model from a file</source>
        <translation>Répondre avec un modèle entraîné, lu dans un fichier</translation>
    </message>
    <message>
        <source>Use the &amp;shipped model</source>
        <translation>Utiliser le modèle &amp;fourni</translation>
    </message>
    <message>
        <source>Answer with the model of the built-in atlas</source>
        <translation>Répondre avec le modèle de l’atlas intégré</translation>
    </message>
    <message>
        <source>Open spectra</source>
        <translation>Ouvrir des spectres</translation>
    </message>
    <message>
        <source>Open a folder of spectra</source>
        <translation>Ouvrir un dossier de spectres</translation>
    </message>
    <message>
        <source>Open an atlas folder</source>
        <translation>Ouvrir un dossier d’atlas</translation>
    </message>
    <message>
        <source>Open a model</source>
        <translation>Ouvrir un modèle</translation>
    </message>
    <message>
        <source>Models (*.h5);;All files (*)</source>
        <translation>Modèles (*.h5);;Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>&amp;Clear this list</source>
        <translation>&amp;Vider cette liste</translation>
    </message>
</context>
<context>
    <name>maury::gui::KeyBindings</name>
    <message>
        <source>Arrow keys</source>
        <translation>Flèches</translation>
    </message>
    <message>
        <source>h j k l (vi)</source>
        <translation>h j k l (vi)</translation>
    </message>
    <message>
        <source>w a s d (left hand)</source>
        <translation>w a s d (main gauche)</translation>
    </message>
</context>
<context>
    <name>maury::gui::MainWindow</name>
    <message>
        <source>Stars</source>
        <translation>Étoiles</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>Inspecteur</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Fichier</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Quitter</translation>
    </message>
    <message>
        <source>Save the layout and end the program</source>
        <translation>Enregistrer la disposition et quitter le programme</translation>
    </message>
    <message>
        <source>&amp;Page</source>
        <translation>&amp;Page</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Affichage</translation>
    </message>
    <message>
        <source>Show or hide the list of stars</source>
        <translation>Afficher ou masquer la liste des étoiles</translation>
    </message>
    <message>
        <source>Show or hide the controls of the page</source>
        <translation>Afficher ou masquer les réglages de la page</translation>
    </message>
    <message>
        <source>&amp;Reset layout</source>
        <translation>&amp;Rétablir la disposition</translation>
    </message>
    <message>
        <source>Put all panels back to where they were at the first start</source>
        <translation>Remettre tous les panneaux à leur place du premier démarrage</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>Aid&amp;e</translation>
    </message>
    <message>
        <source>&amp;About Maury</source>
        <translation>À &amp;propos de Maury</translation>
    </message>
    <message>
        <source>About Maury</source>
        <translation>À propos de Maury</translation>
    </message>
    <message>
        <source>&lt;h3&gt;Maury %1&lt;/h3&gt;&lt;p&gt;Workbench for MK spectral classification, named after Antonia Maury, who first saw luminosity effects in stellar spectra.&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;Maury %1&lt;/h3&gt;&lt;p&gt;Atelier de classification spectrale MK, qui porte le nom d’Antonia Maury, la première à avoir vu les effets de luminosité dans les spectres stellaires.&lt;/p&gt;&lt;p&gt;Logiciel libre sous la licence publique générale GNU, version 3 ou ultérieure.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Version and licence</source>
        <translation>Version et licence</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>É&amp;dition</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Annuler</translation>
    </message>
    <message>
        <source>Take back the last change of a setting</source>
        <translation>Revenir sur le dernier changement d’un réglage</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Rétablir</translation>
    </message>
    <message>
        <source>Make the change again that was taken back</source>
        <translation>Refaire le changement qui a été annulé</translation>
    </message>
    <message>
        <source>Show the page %1</source>
        <translation>Afficher la page «&#x202f;%1&#x202f;»</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Raccourcis clavier</translation>
    </message>
    <message>
        <source>List all keys of the program</source>
        <translation>Lister toutes les touches du programme</translation>
    </message>
    <message>
        <source>&amp;What helps…</source>
        <translation>&amp;Ce qui aide…</translation>
    </message>
    <message>
        <source>What each step of the robust protocol is worth, measured on real stars</source>
        <translation>Ce que vaut chaque étape du protocole robuste, mesuré sur de vraies étoiles</translation>
    </message>
</context>
<context>
    <name>maury::gui::PageBar</name>
    <message>
        <source>Pages</source>
        <translation>Pages</translation>
    </message>
    <message>
        <source>Model and backend</source>
        <translation>Modèle et moteur de calcul</translation>
    </message>
</context>
<context>
    <name>maury::gui::PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>Préférences</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Apparence</translation>
    </message>
    <message>
        <source>Colours of the window</source>
        <translation>Couleurs de la fenêtre</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Comme le système</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clair</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombre</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Changes at the next start</source>
        <translation>Change au prochain démarrage</translation>
    </message>
    <message>
        <source>The standards that are opened at the start</source>
        <translation>Les étalons ouverts au démarrage</translation>
    </message>
    <message>
        <source>Atlas at the start</source>
        <translation>Atlas au démarrage</translation>
    </message>
    <message>
        <source>Language and atlas change at the next start.</source>
        <translation>La langue et l’atlas changent au prochain démarrage.</translation>
    </message>
    <message>
        <source>&amp;Restore the last session</source>
        <translation>&amp;Rétablir la dernière session</translation>
    </message>
    <message>
        <source>Opened files, star, page, zoom and the settings of the run come back at the start</source>
        <translation>Fichiers ouverts, étoile, page, zoom et réglages de l’entraînement reviennent au démarrage</translation>
    </message>
</context>
<context>
    <name>maury::gui::ProjectActions</name>
    <message>
        <source>Projects (*.maury);;All files (*)</source>
        <translation>Projets (*.maury);;Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>&amp;New project…</source>
        <translation>&amp;Nouveau projet…</translation>
    </message>
    <message>
        <source>Begin a file of stars and labels</source>
        <translation>Commencer un fichier d’étoiles et d’étiquettes</translation>
    </message>
    <message>
        <source>Open pro&amp;ject…</source>
        <translation>Ouvrir un pro&amp;jet…</translation>
    </message>
    <message>
        <source>Go on with a file of stars and labels</source>
        <translation>Continuer un fichier d’étoiles et d’étiquettes</translation>
    </message>
    <message>
        <source>&amp;Save a copy of the project…</source>
        <translation>Enregistrer une &amp;copie du projet…</translation>
    </message>
    <message>
        <source>Write all of the project to a new file</source>
        <translation>Écrire tout le projet dans un nouveau fichier</translation>
    </message>
    <message>
        <source>&amp;Import labels…</source>
        <translation>&amp;Importer des étiquettes…</translation>
    </message>
    <message>
        <source>Take labels of others from CSV or ECSV</source>
        <translation>Reprendre les étiquettes d’autrui d’un fichier CSV ou ECSV</translation>
    </message>
    <message>
        <source>&amp;Export labels…</source>
        <translation>&amp;Exporter les étiquettes…</translation>
    </message>
    <message>
        <source>Write all labels to CSV, ECSV or FITS</source>
        <translation>Écrire toutes les étiquettes en CSV, ECSV ou FITS</translation>
    </message>
    <message>
        <source>Read-only: %1</source>
        <translation>Lecture seule : %1</translation>
    </message>
    <message>
        <source>Project %1</source>
        <translation>Projet %1</translation>
    </message>
    <message>
        <source>New project %1: open spectra and classify them</source>
        <translation>Nouveau projet %1 : ouvrez des spectres et classez-les</translation>
    </message>
    <message>
        <source>Copied to %1</source>
        <translation>Copié dans %1</translation>
    </message>
    <message>
        <source>Import labels</source>
        <translation>Importer des étiquettes</translation>
    </message>
    <message>
        <source>%1

Add the stars that are unknown and leave out the rows that cannot be used?</source>
        <translation>%1

Ajouter les étoiles inconnues et laisser de côté les lignes inutilisables ?</translation>
    </message>
    <message>
        <source>%1 labels taken in, %2 unchanged, %3 rows left out</source>
        <translation>%1 étiquettes reprises, %2 inchangées, %3 lignes laissées de côté</translation>
    </message>
    <message>
        <source>%1 labels written to %2</source>
        <translation>%1 étiquettes écrites dans %2</translation>
    </message>
    <message>
        <source>New project</source>
        <translation>Nouveau projet</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>Ouvrir un projet</translation>
    </message>
    <message>
        <source>Copy of the project</source>
        <translation>Copie du projet</translation>
    </message>
    <message>
        <source>Tables (*.csv *.ecsv);;All files (*)</source>
        <translation>Tableaux (*.csv *.ecsv);;Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>Export labels</source>
        <translation>Exporter les étiquettes</translation>
    </message>
    <message>
        <source>Tables (*.csv *.ecsv *.fits)</source>
        <translation>Tableaux (*.csv *.ecsv *.fits)</translation>
    </message>
    <message>
        <source>Copied to %1, which is open now</source>
        <translation>Copié dans %1, qui est maintenant ouvert</translation>
    </message>
</context>
<context>
    <name>maury::gui::SessionKeeper</name>
    <message>
        <source>The session cannot be kept: %1</source>
        <translation>La session ne peut pas être conservée : %1</translation>
    </message>
    <message>
        <source>The last session does not come back: %1. Its file is kept as %2</source>
        <translation>La dernière session ne revient pas : %1. Son fichier est conservé sous %2</translation>
    </message>
</context>
<context>
    <name>maury::gui::ShortcutDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Raccourcis clavier</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menu</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Action</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Touches</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>Nouvelle touche</translation>
    </message>
    <message>
        <source>Press the new key of the chosen action</source>
        <translation>Appuyez sur la nouvelle touche de l’action choisie</translation>
    </message>
    <message>
        <source>Keys like those of</source>
        <translation>Touches comme celles de</translation>
    </message>
    <message>
        <source>Sets all keys back to the first ones, or to these habits</source>
        <translation>Remet toutes les touches comme au début, ou selon ces habitudes</translation>
    </message>
    <message>
        <source>Set all keys…</source>
        <translation>Toutes les touches…</translation>
    </message>
    <message>
        <source>%1 is taken: %2</source>
        <translation>%1 est prise : %2</translation>
    </message>
</context>
<context>
    <name>maury::gui::StatusLine</name>
    <message>
        <source>Message</source>
        <translation>Message</translation>
    </message>
    <message>
        <source>Under the cursor</source>
        <translation>Sous le curseur</translation>
    </message>
    <message>
        <source>Running job</source>
        <translation>Tâche en cours</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Avancement</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Stop the running job</source>
        <translation>Arrêter la tâche en cours</translation>
    </message>
    <message>
        <source>%1 · %2 left</source>
        <translation>%1 · reste %2</translation>
    </message>
</context>
<context>
    <name>maury::gui::WhatHelpsDialog</name>
    <message>
        <source>What helps to type real stars</source>
        <translation>Ce qui aide à classer de vraies étoiles</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Recette</translation>
    </message>
    <message>
        <source>σ68</source>
        <translation>σ68</translation>
    </message>
    <message>
        <source>rms</source>
        <translation>écart quadr.</translation>
    </message>
    <message>
        <source>LC right</source>
        <translation>CL justes</translation>
    </message>
    <message>
        <source>Options of the training</source>
        <translation>Options de l’apprentissage</translation>
    </message>
    <message>
        <source>Each line is the robust recipe with one thing changed: trained on MKCLASS&apos;s libr18, then used to type the 107 normal stars of STELIB, which no network has seen. Errors are in temperature codes (one is about one class); the label noise alone makes an rms of about 0.6. Means of three seeds; seeds differ by about 0.03 in σ68 and by 0.01 in the luminosity classes: what differs less is worth nothing.</source>
        <translation>Chaque ligne est la recette robuste avec une seule chose changée&#x202f;: apprentissage sur libr18 de MKCLASS, puis classement des 107 étoiles normales de STELIB, qu’aucun réseau n’a vues. Les erreurs sont en codes de température (un code vaut environ une classe)&#x202f;; le bruit des types publiés donne à lui seul un écart quadratique d’environ 0,6. Moyennes de trois graines&#x202f;; d’une graine à l’autre, σ68 diffère d’environ 0,03 et les classes de luminosité de 0,01&#x202f;: ce qui diffère moins ne vaut rien.</translation>
    </message>
</context>
<context>
    <name>maury::gui::Workbench</name>
    <message>
        <source>&amp;Preferences…</source>
        <translation>&amp;Préférences…</translation>
    </message>
    <message>
        <source>Appearance, language, and the atlas at the start</source>
        <translation>Apparence, langue et atlas au démarrage</translation>
    </message>
    <message>
        <source>no atlas</source>
        <translation>pas d’atlas</translation>
    </message>
    <message>
        <source>no model</source>
        <translation>pas de modèle</translation>
    </message>
    <message>
        <source>The model that answers: %1 classes, trained on %2</source>
        <translation>Le modèle qui répond&#x202f;: %1 classes, entraîné sur %2</translation>
    </message>
    <message>
        <source>There is no model: spectra are shown without an answer</source>
        <translation>Il n’y a pas de modèle&#x202f;: les spectres sont affichés sans réponse</translation>
    </message>
    <message>
        <source>&amp;Atlas sheet…</source>
        <translation>&amp;Planche d’atlas…</translation>
    </message>
    <message>
        <source>A whole sequence of standards as on a photographic plate</source>
        <translation>Toute une séquence d’étalons, comme sur une plaque photographique</translation>
    </message>
</context>
<context>
    <name>maury::ui::Ablation</name>
    <message>
        <source>The recipe</source>
        <translation>La recette</translation>
    </message>
    <message>
        <source>No blur</source>
        <translation>Sans flou</translation>
    </message>
    <message>
        <source>No velocities</source>
        <translation>Sans vitesses</translation>
    </message>
    <message>
        <source>No rotation</source>
        <translation>Sans rotation</translation>
    </message>
    <message>
        <source>No changes of line depth</source>
        <translation>Sans changement de profondeur des raies</translation>
    </message>
    <message>
        <source>No changes of the continuum</source>
        <translation>Sans changement du continu</translation>
    </message>
    <message>
        <source>No noise</source>
        <translation>Sans bruit</translation>
    </message>
    <message>
        <source>No dropout</source>
        <translation>Sans extinction d’unités (dropout)</translation>
    </message>
    <message>
        <source>Half of the variations mixed with a neighbouring type</source>
        <translation>La moitié des variations mêlées à un type voisin</translation>
    </message>
    <message>
        <source>1500 steps instead of 400</source>
        <translation>1500 pas au lieu de 400</translation>
    </message>
    <message>
        <source>Five networks</source>
        <translation>Cinq réseaux</translation>
    </message>
    <message>
        <source>libnor36 beside libr18</source>
        <translation>libnor36 à côté de libr18</translation>
    </message>
</context>
<context>
    <name>maury::ui::ActivationPlot</name>
    <message>
        <source>Activation function and its derivative</source>
        <translation>Fonction d’activation et sa dérivée</translation>
    </message>
    <message>
        <source>Input a of a neuron</source>
        <translation>Entrée a d’un neurone</translation>
    </message>
    <message>
        <source>f(a)</source>
        <translation>f(a)</translation>
    </message>
    <message>
        <source>f′(a)</source>
        <translation>f′(a)</translation>
    </message>
    <message>
        <source>Input a</source>
        <translation>Entrée a</translation>
    </message>
    <message>
        <source>a = %1: f(a) = %2, f′(a) = %3</source>
        <translation>a = %1&#x202f;: f(a) = %2, f′(a) = %3</translation>
    </message>
</context>
<context>
    <name>maury::ui::AnswerHeader</name>
    <message>
        <source>Star</source>
        <translation>Étoile</translation>
    </message>
    <message>
        <source>Answer of the model</source>
        <translation>Réponse du modèle</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>Légende</translation>
    </message>
    <message>
        <source>Whether the answer can be believed</source>
        <translation>La réponse est-elle digne de foi&#x202f;?</translation>
    </message>
    <message>
        <source>standard %1</source>
        <translation>étalon %1</translation>
    </message>
    <message>
        <source>%1 in the file</source>
        <translation>%1 selon le fichier</translation>
    </message>
    <message>
        <source>Waiting to be read</source>
        <translation>En attente de lecture</translation>
    </message>
    <message>
        <source>Shown as in the file. %1</source>
        <translation>Affiché tel que dans le fichier. %1</translation>
    </message>
    <message>
        <source>km/s</source>
        <translation>km/s</translation>
    </message>
    <message>
        <source>Spectral type with the probabilities that the network gives to its spectral class and its luminosity class</source>
        <translation>Type spectral, avec les probabilités que le réseau donne à sa classe spectrale et à sa classe de luminosité</translation>
    </message>
    <message>
        <source>Like the spectra that the model was trained on</source>
        <translation>Semblable aux spectres d’apprentissage du modèle</translation>
    </message>
    <message>
        <source>Unreliable: %1</source>
        <translation>Peu fiable&#x202f;: %1</translation>
    </message>
    <message>
        <source>star</source>
        <translation>étoile</translation>
    </message>
    <message>
        <source>The best guess: the spectrum is unlike all that answers were calibrated on, so that every type is as probable as any other</source>
        <translation>La meilleure supposition&#x202f;: ce spectre ne ressemble à rien de ce qui a servi à étalonner les réponses, si bien que tous les types sont également probables</translation>
    </message>
    <message>
        <source>Decimal subclass with its uncertainty and luminosity class, then the probabilities of the spectral class and of I, III or V; calibrated on standards that were held out</source>
        <translation>Sous-classe décimale avec son incertitude et classe de luminosité, puis les probabilités de la classe spectrale et de I, III ou V&#x202f;; étalonnées sur des étalons mis de côté</translation>
    </message>
    <message>
        <source>Decimal subclass with the width of the network&apos;s own answer, which does not foretell its error: this model is not calibrated</source>
        <translation>Sous-classe décimale avec la largeur de la réponse du réseau, qui ne prédit pas son erreur&#x202f;: ce modèle n’est pas étalonné</translation>
    </message>
    <message>
        <source>edge of the grid</source>
        <translation>bord de la grille</translation>
    </message>
</context>
<context>
    <name>maury::ui::ArchitectureEditor</name>
    <message>
        <source>Add a hidden layer before the heads</source>
        <translation>Ajouter une couche cachée avant les têtes</translation>
    </message>
    <message>
        <source>Spectrum
%1 px</source>
        <translation>Spectre
%1 px</translation>
    </message>
    <message>
        <source>SC %1
LC %2</source>
        <translation>CS %1
CL %2</translation>
    </message>
    <message>
        <source>The heads: one output for each spectral and each luminosity class</source>
        <translation>Les têtes&#x202f;: une sortie par classe spectrale et par classe de luminosité</translation>
    </message>
    <message>
        <source>Neurons of hidden layer %1</source>
        <translation>Neurones de la couche cachée %1</translation>
    </message>
    <message>
        <source>Move hidden layer %1 towards the spectrum</source>
        <translation>Déplacer la couche cachée %1 vers le spectre</translation>
    </message>
    <message>
        <source>Remove hidden layer %1</source>
        <translation>Retirer la couche cachée %1</translation>
    </message>
    <message>
        <source>Move hidden layer %1 towards the heads</source>
        <translation>Déplacer la couche cachée %1 vers les têtes</translation>
    </message>
</context>
<context>
    <name>maury::ui::AtlasChoice</name>
    <message>
        <source>Built-in atlas</source>
        <translation>Atlas intégré</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>Dossier…</translation>
    </message>
    <message>
        <source>Folder of standards</source>
        <translation>Dossier d’étalons</translation>
    </message>
</context>
<context>
    <name>maury::ui::AtlasSheet</name>
    <message>
        <source>Atlas sheet</source>
        <translation>Planche d’atlas</translation>
    </message>
    <message>
        <source>Sequence</source>
        <translation>Séquence</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exporter…</translation>
    </message>
    <message>
        <source>Write the sheet as PDF, SVG or PNG</source>
        <translation>Écrire la planche en PDF, SVG ou PNG</translation>
    </message>
    <message>
        <source>Spectral classes of luminosity %1</source>
        <translation>Classes spectrales de luminosité %1</translation>
    </message>
    <message>
        <source>Luminosities at %1</source>
        <translation>Luminosités à %1</translation>
    </message>
</context>
<context>
    <name>maury::ui::AugmentationTab</name>
    <message>
        <source>Poisson (the paper&apos;s)</source>
        <translation>Poisson (article)</translation>
    </message>
    <message>
        <source>Gaussian of the same width</source>
        <translation>Gaussien de même largeur</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>Bruit</translation>
    </message>
    <message>
        <source>The law of the photon noise at this gain</source>
        <translation>La loi du bruit de photons à ce gain</translation>
    </message>
</context>
<context>
    <name>maury::ui::AxisText</name>
    <message>
        <source>rest frame</source>
        <translation>référentiel au repos</translation>
    </message>
    <message>
        <source>barycentric frame</source>
        <translation>référentiel barycentrique</translation>
    </message>
    <message>
        <source>heliocentric frame</source>
        <translation>référentiel héliocentrique</translation>
    </message>
    <message>
        <source>topocentric frame</source>
        <translation>référentiel topocentrique</translation>
    </message>
    <message>
        <source>frame unknown</source>
        <translation>référentiel inconnu</translation>
    </message>
    <message>
        <source>Wavelength in air (Å), %1</source>
        <translation>Longueur d’onde dans l’air (Å), %1</translation>
    </message>
    <message>
        <source>Wavelength in vacuum (Å), %1</source>
        <translation>Longueur d’onde dans le vide (Å), %1</translation>
    </message>
    <message>
        <source>Wavelength (Å), air or vacuum unknown, %1</source>
        <translation>Longueur d’onde (Å), dans l’air ou le vide&#x202f;: inconnu, %1</translation>
    </message>
    <message>
        <source>Rectified flux</source>
        <translation>Flux rectifié</translation>
    </message>
    <message>
        <source>Flux (unit not stated)</source>
        <translation>Flux (unité non précisée)</translation>
    </message>
    <message>
        <source>Flux (%1)</source>
        <translation>Flux (%1)</translation>
    </message>
</context>
<context>
    <name>maury::ui::BackendChoice</name>
    <message>
        <source>Automatic</source>
        <translation>Automatique</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1&#x202f;: %2</translation>
    </message>
    <message>
        <source>No %1: %2</source>
        <translation>Pas de %1&#x202f;: %2</translation>
    </message>
    <message>
        <source>TF32 (fast)</source>
        <translation>TF32 (rapide)</translation>
    </message>
    <message>
        <source>FP32 (exact)</source>
        <translation>FP32 (exact)</translation>
    </message>
    <message>
        <source>Of the factors of products on a GPU, 11 bits or 24; what computes elsewhere does so in FP32</source>
        <translation>Celle des facteurs des produits sur un GPU, 11 bits ou 24&#x202f;; tout autre moteur calcule en FP32</translation>
    </message>
</context>
<context>
    <name>maury::ui::CatalogueModel</name>
    <message>
        <source>air</source>
        <translation>air</translation>
    </message>
    <message>
        <source>vacuum</source>
        <translation>vide</translation>
    </message>
    <message>
        <source>mixed</source>
        <translation>mélangé</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>inconnu</translation>
    </message>
    <message>
        <source>rest</source>
        <translation>repos</translation>
    </message>
    <message>
        <source>barycentric</source>
        <translation>barycentrique</translation>
    </message>
    <message>
        <source>heliocentric</source>
        <translation>héliocentrique</translation>
    </message>
    <message>
        <source>topocentric</source>
        <translation>topocentrique</translation>
    </message>
    <message>
        <source>In conditions: %1</source>
        <translation>Dans les conditions : %1</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Survey</source>
        <translation>Relevé</translation>
    </message>
    <message>
        <source>RA (°)</source>
        <translation>AD (°)</translation>
    </message>
    <message>
        <source>Dec (°)</source>
        <translation>Déc. (°)</translation>
    </message>
    <message>
        <source>S/N</source>
        <translation>S/B</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>Milieu</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>Repère</translation>
    </message>
    <message>
        <source>From (Å)</source>
        <translation>De (Å)</translation>
    </message>
    <message>
        <source>To (Å)</source>
        <translation>À (Å)</translation>
    </message>
    <message>
        <source>Good pixels</source>
        <translation>Bons pixels</translation>
    </message>
    <message>
        <source>Segments</source>
        <translation>Segments</translation>
    </message>
    <message>
        <source>Velocity (km/s)</source>
        <translation>Vitesse (km/s)</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Fichier</translation>
    </message>
</context>
<context>
    <name>maury::ui::CellStarsModel</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 sur %2</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>Étalon</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Samples here</source>
        <translation>Échantillons ici</translation>
    </message>
    <message>
        <source>Probability</source>
        <translation>Probabilité</translation>
    </message>
</context>
<context>
    <name>maury::ui::ChangeMarks</name>
    <message>
        <source>%1 %2 → %3</source>
        <translation>%1 %2 → %3</translation>
    </message>
</context>
<context>
    <name>maury::ui::ClassProbabilityPlot</name>
    <message>
        <source>Probabilities of the classes</source>
        <translation>Probabilités des classes</translation>
    </message>
    <message>
        <source>Spectral class</source>
        <translation>Classe spectrale</translation>
    </message>
    <message>
        <source>Probability of the spectral class</source>
        <translation>Probabilité de la classe spectrale</translation>
    </message>
    <message>
        <source>Luminosity class</source>
        <translation>Classe de luminosité</translation>
    </message>
    <message>
        <source>Probability of the luminosity class</source>
        <translation>Probabilité de la classe de luminosité</translation>
    </message>
    <message>
        <source>%1: probability %2</source>
        <translation>%1&#x202f;: probabilité %2</translation>
    </message>
</context>
<context>
    <name>maury::ui::ClassScoreModel</name>
    <message>
        <source>SC</source>
        <translation>CS</translation>
    </message>
    <message>
        <source>LC</source>
        <translation>CL</translation>
    </message>
    <message>
        <source>Of the samples given this class, the part that belongs to it</source>
        <translation>Parmi les échantillons rangés dans cette classe, la part qui lui appartient</translation>
    </message>
    <message>
        <source>Of the samples of this class, the part that was recognised</source>
        <translation>Parmi les échantillons de cette classe, la part qui a été reconnue</translation>
    </message>
    <message>
        <source>Harmonic mean of precision and recall</source>
        <translation>Moyenne harmonique de la précision et du rappel</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>Tête</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Classe</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Échantillons</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Précision</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>Rappel</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Moyenne</translation>
    </message>
    <message>
        <source>Weighted mean</source>
        <translation>Moyenne pondérée</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Exactitude</translation>
    </message>
    <message>
        <source>Below the classes their mean, the mean weighted by their samples, and the accuracy</source>
        <translation>Sous les classes, leur moyenne, la moyenne pondérée par leurs échantillons, et l’exactitude</translation>
    </message>
</context>
<context>
    <name>maury::ui::ClassTab</name>
    <message>
        <source>Epochs of the run</source>
        <translation>Époques de l’entraînement</translation>
    </message>
    <message>
        <source>Figures of each class</source>
        <translation>Chiffres de chaque classe</translation>
    </message>
</context>
<context>
    <name>maury::ui::ClassifyPage</name>
    <message>
        <source>Classify</source>
        <translation>Classer</translation>
    </message>
    <message>
        <source>No star to classify</source>
        <translation>Aucune étoile à classer</translation>
    </message>
    <message>
        <source>Open files or a folder of spectra, drop them on this window, or open a project.</source>
        <translation>Ouvrez des fichiers ou un dossier de spectres, déposez-les sur cette fenêtre, ou ouvrez un projet.</translation>
    </message>
    <message>
        <source>Open spectra…</source>
        <translation>Ouvrir des spectres…</translation>
    </message>
    <message>
        <source>Type at hand</source>
        <translation>Type en cours</translation>
    </message>
    <message>
        <source>Grid of types</source>
        <translation>Grille des types</translation>
    </message>
    <message>
        <source>Standards of the atlas: a click takes its type</source>
        <translation>Étalons de l’atlas : un clic prend son type</translation>
    </message>
    <message>
        <source>&amp;Earlier type</source>
        <translation>Type plus &amp;précoce</translation>
    </message>
    <message>
        <source>The next hotter standard of this luminosity</source>
        <translation>L’étalon suivant plus chaud de cette luminosité</translation>
    </message>
    <message>
        <source>&amp;Later type</source>
        <translation>Type plus &amp;tardif</translation>
    </message>
    <message>
        <source>The next cooler standard of this luminosity</source>
        <translation>L’étalon suivant plus froid de cette luminosité</translation>
    </message>
    <message>
        <source>&amp;Brighter type</source>
        <translation>Type plus &amp;lumineux</translation>
    </message>
    <message>
        <source>The next brighter luminosity class</source>
        <translation>La classe de luminosité suivante, plus lumineuse</translation>
    </message>
    <message>
        <source>&amp;Fainter type</source>
        <translation>Type plus &amp;faible</translation>
    </message>
    <message>
        <source>The next fainter luminosity class</source>
        <translation>La classe de luminosité suivante, plus faible</translation>
    </message>
    <message>
        <source>Between &amp;two classes</source>
        <translation>Entre &amp;deux classes</translation>
    </message>
    <message>
        <source>The type lies between this standard and the next cooler one</source>
        <translation>Le type est entre cet étalon et le suivant plus froid</translation>
    </message>
    <message>
        <source>&amp;Accept, next star</source>
        <translation>&amp;Accepter, étoile suivante</translation>
    </message>
    <message>
        <source>Keep the label and go to the next star of the queue</source>
        <translation>Garder l’étiquette et passer à l’étoile suivante de la file</translation>
    </message>
    <message>
        <source>&amp;Previous star</source>
        <translation>Étoile p&amp;récédente</translation>
    </message>
    <message>
        <source>Go back to the star before</source>
        <translation>Revenir à l’étoile d’avant</translation>
    </message>
    <message>
        <source>&amp;Next star</source>
        <translation>Étoile &amp;suivante</translation>
    </message>
    <message>
        <source>Go to the next star without accepting</source>
        <translation>Passer à l’étoile suivante sans accepter</translation>
    </message>
    <message>
        <source>Quality %1</source>
        <translation>Qualité %1</translation>
    </message>
    <message>
        <source>How well the spectrum could be typed</source>
        <translation>À quel point le spectre se laisse classer</translation>
    </message>
    <message>
        <source>&amp;Odd</source>
        <translation>É&amp;trange</translation>
    </message>
    <message>
        <source>Mark the star as unlike any standard</source>
        <translation>Marquer l’étoile comme différente de tout étalon</translation>
    </message>
    <message>
        <source>Odd</source>
        <translation>Étrange</translation>
    </message>
    <message>
        <source>Ba&amp;d</source>
        <translation>Ma&amp;uvais</translation>
    </message>
    <message>
        <source>Mark the spectrum as bad</source>
        <translation>Marquer le spectre comme mauvais</translation>
    </message>
    <message>
        <source>Bad</source>
        <translation>Mauvais</translation>
    </message>
    <message>
        <source>E&amp;mission</source>
        <translation>É&amp;mission</translation>
    </message>
    <message>
        <source>Mark lines in emission</source>
        <translation>Marquer des raies en émission</translation>
    </message>
    <message>
        <source>Emission</source>
        <translation>Émission</translation>
    </message>
    <message>
        <source>&amp;Composite</source>
        <translation>&amp;Composite</translation>
    </message>
    <message>
        <source>Mark the light of two stars</source>
        <translation>Marquer la lumière de deux étoiles</translation>
    </message>
    <message>
        <source>Composite</source>
        <translation>Composite</translation>
    </message>
    <message>
        <source>&amp;Write notes</source>
        <translation>É&amp;crire des notes</translation>
    </message>
    <message>
        <source>Type notes; Enter or Escape comes back</source>
        <translation>Taper des notes ; Entrée ou Échap revient</translation>
    </message>
    <message>
        <source>L&amp;ine names</source>
        <translation>Noms des ra&amp;ies</translation>
    </message>
    <message>
        <source>Show or hide the names of lines</source>
        <translation>Afficher ou masquer les noms des raies</translation>
    </message>
    <message>
        <source>&amp;Plates</source>
        <translation>Pla&amp;ques</translation>
    </message>
    <message>
        <source>Show or hide the spectra as on a plate</source>
        <translation>Afficher ou masquer les spectres comme sur une plaque</translation>
    </message>
    <message>
        <source>Criteria as bands</source>
        <translation>Critères en bandes</translation>
    </message>
    <message>
        <source>Show or hide what the criteria measure in the spectrum</source>
        <translation>Afficher ou masquer ce que les critères mesurent dans le spectre</translation>
    </message>
    <message>
        <source>Blind</source>
        <translation>À l’aveugle</translation>
    </message>
    <message>
        <source>Hide or show the catalogue&apos;s type and the answers</source>
        <translation>Masquer ou afficher le type du catalogue et les réponses</translation>
    </message>
    <message>
        <source>Not written: %1</source>
        <translation>Pas écrit : %1</translation>
    </message>
    <message>
        <source>Flags</source>
        <translation>Marques</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notes</translation>
    </message>
    <message>
        <source>%1 is not a spectral type</source>
        <translation>%1 n’est pas un type spectral</translation>
    </message>
    <message>
        <source>Type %1</source>
        <translation>Type %1</translation>
    </message>
    <message>
        <source>Labels need a project: File, New project</source>
        <translation>Il faut un projet pour les étiquettes : Fichier, Nouveau projet</translation>
    </message>
    <message>
        <source>No further star in the queue: choose another queue, or export the labels</source>
        <translation>Plus d’étoile dans la file : choisissez une autre file, ou exportez les étiquettes</translation>
    </message>
    <message>
        <source>This is the first star of the queue</source>
        <translation>C’est la première étoile de la file</translation>
    </message>
    <message>
        <source>Star %1 of %2</source>
        <translation>Étoile %1 sur %2</translation>
    </message>
    <message>
        <source>A standard</source>
        <translation>Un étalon</translation>
    </message>
    <message>
        <source>catalogue %1</source>
        <translation>catalogue %1</translation>
    </message>
    <message>
        <source>nearest standard %1</source>
        <translation>étalon le plus proche %1</translation>
    </message>
    <message>
        <source>network %1</source>
        <translation>réseau %1</translation>
    </message>
    <message>
        <source>accepted %1</source>
        <translation>accepté %1</translation>
    </message>
    <message>
        <source>Rectified flux</source>
        <translation>Flux rectifié</translation>
    </message>
    <message>
        <source>Flux (at the standard&apos;s level)</source>
        <translation>Flux (au niveau de l’étalon)</translation>
    </message>
    <message>
        <source>star</source>
        <translation>étoile</translation>
    </message>
    <message>
        <source>This project is read-only: its labels can be looked at. To go on, save a copy that can be written</source>
        <translation>Ce projet est en lecture seule : on peut regarder ses étiquettes. Pour continuer, enregistrez une copie modifiable</translation>
    </message>
    <message>
        <source>Save a copy…</source>
        <translation>Enregistrer une copie…</translation>
    </message>
</context>
<context>
    <name>maury::ui::ComparePanel</name>
    <message>
        <source>Star</source>
        <translation>Étoile</translation>
    </message>
    <message>
        <source>Rectify</source>
        <translation>Rectifier</translation>
    </message>
    <message>
        <source>Divide by the upper envelope, unless the file says that it is rectified</source>
        <translation>Diviser par l’enveloppe supérieure, sauf si le fichier dit que le spectre est rectifié</translation>
    </message>
    <message>
        <source>Remove velocity</source>
        <translation>Ôter la vitesse</translation>
    </message>
    <message>
        <source>Find the velocity by cross-correlation with the standards and shift to rest</source>
        <translation>Trouver la vitesse radiale par corrélation croisée avec les étalons et ramener au repos</translation>
    </message>
    <message>
        <source>As in the file</source>
        <translation>Tel quel</translation>
    </message>
    <message>
        <source>Show every pixel in the file&apos;s own wavelengths, without standards</source>
        <translation>Afficher chaque pixel aux longueurs d’onde du fichier, sans étalons</translation>
    </message>
    <message>
        <source>Line names</source>
        <translation>Noms des raies</translation>
    </message>
    <message>
        <source>Mark lines with the names of their ions</source>
        <translation>Marquer les raies du nom de leurs ions</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>Étalon</translation>
    </message>
    <message>
        <source>Follow the nearest</source>
        <translation>Suivre le plus proche</translation>
    </message>
    <message>
        <source>Draw the standard with the smallest χ²</source>
        <translation>Tracer l’étalon de plus petit χ²</translation>
    </message>
    <message>
        <source>Spectral class of the standard</source>
        <translation>Classe spectrale de l’étalon</translation>
    </message>
    <message>
        <source>Luminosity class of the standard</source>
        <translation>Classe de luminosité de l’étalon</translation>
    </message>
    <message>
        <source>Earlier standard</source>
        <translation>Étalon plus précoce</translation>
    </message>
    <message>
        <source>Later standard</source>
        <translation>Étalon plus tardif</translation>
    </message>
    <message>
        <source>Show a second one</source>
        <translation>En montrer un second</translation>
    </message>
    <message>
        <source>The next nearest standard, or the next later one beside a chosen one</source>
        <translation>L’étalon suivant par proximité ou, à côté d’un étalon choisi, le suivant plus tardif</translation>
    </message>
    <message>
        <source>Keep for the next star</source>
        <translation>Garder pour la suivante</translation>
    </message>
    <message>
        <source>Keep the chosen standard when another star is selected</source>
        <translation>Garder l’étalon choisi quand une autre étoile est sélectionnée</translation>
    </message>
    <message>
        <source>Nearest standards</source>
        <translation>Étalons les plus proches</translation>
    </message>
    <message>
        <source>Choose a standard to draw it over the star</source>
        <translation>Choisir un étalon pour le superposer à l’étoile</translation>
    </message>
    <message>
        <source>Probability of each class</source>
        <translation>Probabilité de chaque classe</translation>
    </message>
    <message>
        <source>Choose a standard</source>
        <translation>Choisir un étalon</translation>
    </message>
</context>
<context>
    <name>maury::ui::ConfusionModel</name>
    <message>
        <source>true %1 → predicted %2: %3 of %4</source>
        <translation>vraie %1 → prédite %2&#x202f;: %3 sur %4</translation>
    </message>
</context>
<context>
    <name>maury::ui::ConfusionPlot</name>
    <message>
        <source>Predicted class</source>
        <translation>Classe prédite</translation>
    </message>
    <message>
        <source>True class</source>
        <translation>Classe vraie</translation>
    </message>
    <message>
        <source>Part of the true class</source>
        <translation>Part de la classe vraie</translation>
    </message>
    <message>
        <source>True class \ predicted class</source>
        <translation>Classe vraie \ classe prédite</translation>
    </message>
</context>
<context>
    <name>maury::ui::ContinuumGroup</name>
    <message>
        <source>Weight by errors</source>
        <translation>Pondérer par les erreurs</translation>
    </message>
    <message>
        <source>Continuum</source>
        <translation>Continuum</translation>
    </message>
    <message>
        <source>Upper envelope</source>
        <translation>Enveloppe supérieure</translation>
    </message>
    <message>
        <source>Gaussian mean</source>
        <translation>Moyenne gaussienne</translation>
    </message>
    <message>
        <source>Polynomial</source>
        <translation>Polynôme</translation>
    </message>
    <message>
        <source>Chebyshev</source>
        <translation>Tchebychev</translation>
    </message>
    <message>
        <source>Running median</source>
        <translation>Médiane glissante</translation>
    </message>
    <message>
        <source>Running percentile</source>
        <translation>Centile glissant</translation>
    </message>
    <message>
        <source>Width in Å</source>
        <translation>Largeur en Å</translation>
    </message>
    <message>
        <source>Width in km/s</source>
        <translation>Largeur en km/s</translation>
    </message>
    <message>
        <source>Unit of the width</source>
        <translation>Unité de la largeur</translation>
    </message>
    <message>
        <source>Pixels with small errors count for more, where the file has errors</source>
        <translation>Les pixels de faible erreur comptent davantage, si le fichier donne des erreurs</translation>
    </message>
    <message>
        <source>A smooth curve along the upper edge, past the broad lines</source>
        <translation>Une courbe lisse le long du bord supérieur, par-dessus les raies larges</translation>
    </message>
    <message>
        <source>The mean flux around each pixel, weighted by a Gaussian</source>
        <translation>Le flux moyen autour de chaque pixel, pondéré par une gaussienne</translation>
    </message>
    <message>
        <source>A polynomial through the pixels that are in no line</source>
        <translation>Un polynôme passant par les pixels hors des raies</translation>
    </message>
    <message>
        <source>A Chebyshev polynomial through the pixels that are in no line</source>
        <translation>Un polynôme de Tchebychev passant par les pixels hors des raies</translation>
    </message>
    <message>
        <source>The median flux of the pixels around each one</source>
        <translation>Le flux médian des pixels autour de chacun</translation>
    </message>
    <message>
        <source>A percentile of the flux of the pixels around each one</source>
        <translation>Un centile du flux des pixels autour de chacun</translation>
    </message>
    <message>
        <source>Continuum at</source>
        <translation>Continu à</translation>
    </message>
    <message>
        <source>%</source>
        <translation>%</translation>
    </message>
    <message>
        <source>Percentile of the flux around each point that the continuum is drawn through</source>
        <translation>Centile du flux autour de chaque point par lequel passe le continu</translation>
    </message>
    <message>
        <source>Points every</source>
        <translation>Points tous les</translation>
    </message>
    <message>
        <source>Å</source>
        <translation>Å</translation>
    </message>
    <message>
        <source>Distance of the points that the continuum is drawn through</source>
        <translation>Distance des points par lesquels passe le continu</translation>
    </message>
    <message>
        <source>Degree</source>
        <translation>Degré</translation>
    </message>
    <message>
        <source>Degree of the polynomial through these points</source>
        <translation>Degré du polynôme qui passe par ces points</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Largeur</translation>
    </message>
    <message>
        <source>Standard deviation of the Gaussian; whole width of the running window</source>
        <translation>Écart type de la gaussienne ; largeur totale de la fenêtre glissante</translation>
    </message>
    <message>
        <source>Percentile</source>
        <translation>Centile</translation>
    </message>
    <message>
        <source>Of the flux within the window</source>
        <translation>Du flux dans la fenêtre</translation>
    </message>
    <message>
        <source>Degree of the polynomial</source>
        <translation>Degré du polynôme</translation>
    </message>
    <message>
        <source>Clip below</source>
        <translation>Écarter sous</translation>
    </message>
    <message>
        <source>σ</source>
        <translation>σ</translation>
    </message>
    <message>
        <source>Pixels farther below the curve than this are left out of the next round</source>
        <translation>Les pixels plus bas que cela sous la courbe sont écartés au tour suivant</translation>
    </message>
    <message>
        <source>Clip above</source>
        <translation>Écarter sur</translation>
    </message>
    <message>
        <source>Pixels farther above the curve than this are left out of the next round</source>
        <translation>Les pixels plus hauts que cela sur la courbe sont écartés au tour suivant</translation>
    </message>
    <message>
        <source>Rounds</source>
        <translation>Tours</translation>
    </message>
    <message>
        <source>How often the curve is drawn and pixels are left out</source>
        <translation>Combien de fois la courbe est tracée et des pixels écartés</translation>
    </message>
    <message>
        <source>Part at gaps of</source>
        <translation>Couper aux trous de</translation>
    </message>
    <message>
        <source>Longer stretches without data part the spectrum into pieces of their own</source>
        <translation>Des lacunes plus longues partagent le spectre en morceaux séparés</translation>
    </message>
</context>
<context>
    <name>maury::ui::CriteriaModel</name>
    <message>
        <source>not measured</source>
        <translation>non mesurée</translation>
    </message>
    <message>
        <source>alike</source>
        <translation>pareille</translation>
    </message>
    <message>
        <source>stronger</source>
        <translation>plus forte</translation>
    </message>
    <message>
        <source>weaker</source>
        <translation>plus faible</translation>
    </message>
    <message>
        <source>later</source>
        <translation>plus tardive</translation>
    </message>
    <message>
        <source>earlier</source>
        <translation>plus précoce</translation>
    </message>
    <message>
        <source>brighter</source>
        <translation>plus lumineuse</translation>
    </message>
    <message>
        <source>fainter</source>
        <translation>moins lumineuse</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Température</translation>
    </message>
    <message>
        <source>Luminosity</source>
        <translation>Luminosité</translation>
    </message>
    <message>
        <source>Criterion</source>
        <translation>Critère</translation>
    </message>
    <message>
        <source>Tells</source>
        <translation>Indique</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>Étoile</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>Étalon</translation>
    </message>
    <message>
        <source>The star is</source>
        <translation>L’étoile est</translation>
    </message>
</context>
<context>
    <name>maury::ui::DataTab</name>
    <message>
        <source>Other variations of the same standards</source>
        <translation>Autres variations</translation>
    </message>
    <message>
        <source>Augment anew for every epoch</source>
        <translation>Nouvelles variations à chaque époque</translation>
    </message>
    <message>
        <source>Training atlas</source>
        <translation>Atlas d’apprentissage</translation>
    </message>
    <message>
        <source>The standards to learn from</source>
        <translation>Les étalons à apprendre</translation>
    </message>
    <message>
        <source>Test atlas</source>
        <translation>Atlas de test</translation>
    </message>
    <message>
        <source>The standards to be tested with</source>
        <translation>Les étalons qui servent au test</translation>
    </message>
    <message>
        <source>Edges</source>
        <translation>Bords</translation>
    </message>
    <message>
        <source>What stands where a standard has no data: most files have zeros there, whose number gives a star away</source>
        <translation>Ce qu’il y a là où un étalon n’a pas de données&#x202f;: la plupart des fichiers y ont des zéros, dont le nombre trahit l’étoile</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Graine</translation>
    </message>
    <message>
        <source>The same seed gives the same data, weights and order again</source>
        <translation>La même graine redonne les mêmes données, poids et ordre</translation>
    </message>
    <message>
        <source>As in the files (the paper&apos;s)</source>
        <translation>Comme dans les fichiers (l’article)</translation>
    </message>
    <message>
        <source>Nearest value</source>
        <translation>Valeur la plus proche</translation>
    </message>
    <message>
        <source>Every epoch sees new variations, and the augmentation may change in mid-run; the paper augments once</source>
        <translation>Chaque époque voit de nouvelles variations, et l’augmentation peut changer pendant l’entraînement&#x202f;; l’article n’augmente qu’une fois</translation>
    </message>
</context>
<context>
    <name>maury::ui::DoubtText</name>
    <message>
        <source>barycentric</source>
        <translation>barycentrique</translation>
    </message>
    <message>
        <source>heliocentric</source>
        <translation>héliocentrique</translation>
    </message>
    <message>
        <source>topocentric</source>
        <translation>topocentrique</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>inconnu</translation>
    </message>
    <message>
        <source>%1 % of %2–%3 Å missing, the longest gap %4–%5 Å</source>
        <translation>%1&#x202f;% de&#x202f;%2–%3 Å manquent, la plus longue lacune étant&#x202f;%4–%5 Å</translation>
    </message>
    <message>
        <source>not rectified in the file (rectified here by an upper envelope)</source>
        <translation>non rectifié dans le fichier (rectifié ici par une enveloppe supérieure)</translation>
    </message>
    <message>
        <source>air or vacuum unknown (taken as air; the difference is 83 km/s)</source>
        <translation>air ou vide inconnu (pris pour l’air&#x202f;; la différence est de 83 km/s)</translation>
    </message>
    <message>
        <source>velocity frame unknown (%1 km/s found and removed)</source>
        <translation>référentiel de vitesse inconnu (%1 km/s trouvés et retirés)</translation>
    </message>
    <message>
        <source>no velocity removed; the velocity frame is %1</source>
        <translation>aucune vitesse retirée&#x202f;; le référentiel de vitesse est&#x202f;%1</translation>
    </message>
    <message>
        <source>velocity %1 km/s found and removed (the training spectra are at rest)</source>
        <translation>vitesse de&#x202f;%1 km/s trouvée et retirée (les spectres d’apprentissage sont au repos)</translation>
    </message>
    <message>
        <source>signal to noise %1 a pixel (trained at %2)</source>
        <translation>rapport signal sur bruit&#x202f;%1 par pixel (apprentissage à&#x202f;%2)</translation>
    </message>
    <message>
        <source>flux from %1 to %2, in the training library from %3 to %4</source>
        <translation>flux de&#x202f;%1 à&#x202f;%2, dans la bibliothèque d’apprentissage de&#x202f;%3 à&#x202f;%4</translation>
    </message>
    <message>
        <source>continuum level %1 of the nearest standard&apos;s (training: 1 ± %2)</source>
        <translation>niveau du continu&#x202f;%1 fois celui de l’étalon le plus proche (apprentissage&#x202f;: 1 ±&#x202f;%2)</translation>
    </message>
    <message>
        <source>continuum slope %1 and curvature %2 against the nearest standard (training: ± %3 and ± %4)</source>
        <translation>pente&#x202f;%1 et courbure&#x202f;%2 du continu par rapport à l’étalon le plus proche (apprentissage&#x202f;: ±&#x202f;%3 et ±&#x202f;%4)</translation>
    </message>
    <message>
        <source>lines too broad: %1 Å (training: up to %2 Å)</source>
        <translation>raies trop larges&#x202f;:&#x202f;%1 Å (apprentissage&#x202f;: jusqu’à&#x202f;%2 Å)</translation>
    </message>
    <message>
        <source>lines sharper than the library&apos;s, by %1 Å in quadrature: smooth the spectrum first</source>
        <translation>raies plus fines que celles de la bibliothèque, de&#x202f;%1 Å en quadrature&#x202f;: lissez d’abord le spectre</translation>
    </message>
    <message>
        <source>lines shifted by %1 km/s against standard %2</source>
        <translation>raies décalées de&#x202f;%1 km/s par rapport à l’étalon&#x202f;%2</translation>
    </message>
    <message>
        <source>differs by %1 % from the nearest standard, %2 (limit %3 %)</source>
        <translation>diffère de&#x202f;%1&#x202f;% de l’étalon le plus proche,&#x202f;%2 (limite&#x202f;%3&#x202f;%)</translation>
    </message>
    <message>
        <source>outside the atlas: like no standard, %1 times as far off as stars that it lacks may be</source>
        <translation>hors de l’atlas&#x202f;: ne ressemble à aucun étalon,&#x202f;%1 fois plus loin que ne peuvent l’être des étoiles qui y manquent</translation>
    </message>
    <message>
        <source>the nearest standard, %1, is of another type</source>
        <translation>l’étalon le plus proche,&#x202f;%1, est d’un autre type</translation>
    </message>
    <message>
        <source>the nearest standard, %1, is of a class that this network does not know</source>
        <translation>l’étalon le plus proche,&#x202f;%1, est d’une classe que ce réseau ne connaît pas</translation>
    </message>
    <message>
        <source>%1 pixels have data here and none in the nearest standard, %2, or the other way round: this network was trained with zeros there</source>
        <translation>%1 pixels ont des données ici et aucune dans l’étalon le plus proche,&#x202f;%2, ou l’inverse&#x202f;: ce réseau a appris avec des zéros à ces endroits</translation>
    </message>
    <message>
        <source>judged by atlas %1, which is not the one that the network was trained on</source>
        <translation>jugé d’après l’atlas&#x202f;%1, qui n’est pas celui de l’apprentissage du réseau</translation>
    </message>
    <message>
        <source>saturated: %1 % of the pixels are cut off at one level</source>
        <translation>saturé&#x202f;:&#x202f;%1&#x202f;% des pixels sont écrêtés au même niveau</translation>
    </message>
    <message>
        <source>filled in: %1 Å are straight lines, the longest from %2 to %3 Å</source>
        <translation>comblé&#x202f;:&#x202f;%1 Å sont des segments de droite, le plus long de&#x202f;%2 à&#x202f;%3 Å</translation>
    </message>
    <message>
        <source>negative flux: %1 % of the pixels</source>
        <translation>flux négatif&#x202f;:&#x202f;%1&#x202f;% des pixels</translation>
    </message>
    <message>
        <source>spikes: %1 pixels, the highest at %2 Å by %3 times the median flux: cosmic rays or dead pixels</source>
        <translation>pics&#x202f;:&#x202f;%1 pixels, le plus haut à&#x202f;%2 Å, de&#x202f;%3 fois le flux médian&#x202f;: rayons cosmiques ou pixels morts</translation>
    </message>
    <message>
        <source>no lines: they make %1 % of the flux, at least %2 % in standards</source>
        <translation>pas de raies&#x202f;: elles font&#x202f;%1&#x202f;% du flux, au moins&#x202f;%2&#x202f;% dans les étalons</translation>
    </message>
    <message>
        <source>lines in emission: at %1 Å %2 % of the continuum above all standards</source>
        <translation>raies en émission&#x202f;: à&#x202f;%1 Å,&#x202f;%2&#x202f;% du continu au-dessus de tous les étalons</translation>
    </message>
    <message>
        <source>Balmer lines filled in: the core of Hγ is %1 Å wide, at least %2 Å in standards with such other lines</source>
        <translation>raies de Balmer comblées&#x202f;: le cœur de Hγ a une largeur équivalente de&#x202f;%1 Å, au moins&#x202f;%2 Å dans les étalons dont les autres raies sont semblables</translation>
    </message>
    <message>
        <source>upside down: the lines rise where those of standards fall</source>
        <translation>à l’envers&#x202f;: les raies montent là où celles des étalons descendent</translation>
    </message>
    <message>
        <source>shifted by z = %1 (%2 km/s): no star of the Galaxy is so fast</source>
        <translation>décalé de z =&#x202f;%1 (%2 km/s)&#x202f;: aucune étoile de la Galaxie n’est si rapide</translation>
    </message>
    <message>
        <source>said to be at rest, but the standards fit best at %1 km/s</source>
        <translation>dit au repos, mais les étalons s’ajustent le mieux à&#x202f;%1 km/s</translation>
    </message>
    <message>
        <source>the velocity is off by %1 km/s, as if the wavelengths were in vacuum (by +83 km/s)</source>
        <translation>la vitesse s’écarte de %1 km/s, comme si les longueurs d’onde étaient dans le vide (de +83 km/s)</translation>
    </message>
    <message>
        <source>the velocity is off by %1 km/s, as if the wavelengths were in air (by −83 km/s)</source>
        <translation>la vitesse s’écarte de %1 km/s, comme si les longueurs d’onde étaient dans l’air (de −83 km/s)</translation>
    </message>
</context>
<context>
    <name>maury::ui::EpochAnswersModel</name>
    <message>
        <source>Another type than the true one</source>
        <translation>Un autre type que le vrai</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>Étalon</translation>
    </message>
    <message>
        <source>True</source>
        <translation>Vrai</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Réponse</translation>
    </message>
    <message>
        <source>p (SC / LC)</source>
        <translation>p (CS / CL)</translation>
    </message>
</context>
<context>
    <name>maury::ui::ErrorText</name>
    <message>
        <source>There is no such file or folder</source>
        <translation>Ce fichier ou ce dossier n’existe pas</translation>
    </message>
    <message>
        <source>The file cannot be opened for reading</source>
        <translation>Le fichier ne peut pas être ouvert en lecture</translation>
    </message>
    <message>
        <source>The file is empty</source>
        <translation>Le fichier est vide</translation>
    </message>
    <message>
        <source>The file ends too early</source>
        <translation>Le fichier s’arrête trop tôt</translation>
    </message>
    <message>
        <source>The file is damaged</source>
        <translation>Le fichier est endommagé</translation>
    </message>
    <message>
        <source>This is not a format that can be read</source>
        <translation>Ce format ne peut pas être lu</translation>
    </message>
    <message>
        <source>The file was written in another version of the format</source>
        <translation>Le fichier a été écrit dans une autre version du format</translation>
    </message>
    <message>
        <source>The file could not be written</source>
        <translation>Le fichier n’a pas pu être écrit</translation>
    </message>
    <message>
        <source>A needed value is missing</source>
        <translation>Une valeur nécessaire manque</translation>
    </message>
    <message>
        <source>A value cannot be used</source>
        <translation>Une valeur est inutilisable</translation>
    </message>
    <message>
        <source>The wavelengths cannot be used</source>
        <translation>Les longueurs d’onde sont inutilisables</translation>
    </message>
    <message>
        <source>The spectrum does not cover the range</source>
        <translation>Le spectre ne couvre pas l’intervalle</translation>
    </message>
    <message>
        <source>There are no standard spectra</source>
        <translation>Il n’y a pas de spectres d’étalons</translation>
    </message>
    <message>
        <source>Too few classes are left to train on</source>
        <translation>Il reste trop peu de classes pour l’apprentissage</translation>
    </message>
    <message>
        <source>This is not a spectral type</source>
        <translation>Ce n’est pas un type spectral</translation>
    </message>
    <message>
        <source>Model and data do not fit together</source>
        <translation>Le modèle et les données ne s’accordent pas</translation>
    </message>
    <message>
        <source>The setting is out of range</source>
        <translation>Le réglage est hors des limites</translation>
    </message>
    <message>
        <source>The setting is not known</source>
        <translation>Ce réglage est inconnu</translation>
    </message>
    <message>
        <source>The backend cannot be used</source>
        <translation>Le moteur de calcul est inutilisable</translation>
    </message>
    <message>
        <source>The backend failed</source>
        <translation>Le moteur de calcul a échoué</translation>
    </message>
    <message>
        <source>The training diverged</source>
        <translation>L’entraînement a divergé</translation>
    </message>
    <message>
        <source>A library reported an error</source>
        <translation>Une bibliothèque a signalé une erreur</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Annulé</translation>
    </message>
    <message>
        <source>found %1, expected %2</source>
        <translation>trouvé %1, attendu %2</translation>
    </message>
    <message>
        <source>found %1</source>
        <translation>trouvé %1</translation>
    </message>
    <message>
        <source>expected %1</source>
        <translation>attendu %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1&#x202f;: %2</translation>
    </message>
</context>
<context>
    <name>maury::ui::EvaluatePage</name>
    <message>
        <source>Evaluate</source>
        <translation>Évaluation</translation>
    </message>
    <message>
        <source>&amp;Export table…</source>
        <translation>&amp;Exporter le tableau…</translation>
    </message>
    <message>
        <source>Write precision, recall and F1 of all classes as CSV</source>
        <translation>Écrire la précision, le rappel et F1 de toutes les classes en CSV</translation>
    </message>
    <message>
        <source>Nothing to evaluate yet</source>
        <translation>Encore rien à évaluer</translation>
    </message>
    <message>
        <source>Go to Train</source>
        <translation>Aller à l’apprentissage</translation>
    </message>
    <message>
        <source>Figures of each class</source>
        <translation>Chiffres de chaque classe</translation>
    </message>
    <message>
        <source>Network of this run after epoch %1 of %2</source>
        <translation>Réseau de cet entraînement après l’époque %1 sur %2</translation>
    </message>
    <message>
        <source>%1 – of the run before; the new one has not finished an epoch yet</source>
        <translation>%1 – de l’entraînement précédent&#x202f;; le nouveau n’a pas encore achevé une époque</translation>
    </message>
    <message>
        <source>%1 – the training goes on</source>
        <translation>%1 – l’entraînement continue</translation>
    </message>
    <message>
        <source>%1 is not among the standards of the open atlas</source>
        <translation>%1 n’est pas parmi les étalons de l’atlas ouvert</translation>
    </message>
    <message>
        <source>Export table</source>
        <translation>Exporter le tableau</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tableaux (*.csv)</translation>
    </message>
    <message>
        <source>The table was written to %1</source>
        <translation>Le tableau a été écrit dans %1</translation>
    </message>
    <message>
        <source>Classification report</source>
        <translation>Bilan de classification</translation>
    </message>
    <message>
        <source>Trained on %1, tested on %2 (%3 samples), computed by %4.</source>
        <translation>Entraîné sur %1, testé sur %2 (%3 échantillons), calculé par %4.</translation>
    </message>
    <message>
        <source>Click a cell of a matrix or a bubble of the scatter</source>
        <translation>Cliquez sur une case d’une matrice ou une bulle du nuage</translation>
    </message>
    <message>
        <source>%1; here those of luminosity class %2</source>
        <translation>%1&#x202f;; ici celles de classe de luminosité %2</translation>
    </message>
    <message>
        <source>Save as CSV</source>
        <translation>Enregistrer en CSV</translation>
    </message>
    <message>
        <source>Evaluate &amp;stars…</source>
        <translation>Évaluer des é&amp;toiles…</translation>
    </message>
    <message>
        <source>Type stars of known type with the model of the window: a table with columns file and type, beside the spectra</source>
        <translation>Classer avec le modèle de la fenêtre des étoiles de type connu&#x202f;: un tableau avec les colonnes file et type, à côté des spectres</translation>
    </message>
    <message>
        <source>Train a network: its confusion matrices, figures and mistakes appear here, epoch by epoch. Evaluate stars… in the menu of this page types stars of known type.</source>
        <translation>Entraînez un réseau&#x202f;: ses matrices de confusion, ses chiffres et ses erreurs apparaissent ici, époque après époque. «&#x202f;Évaluer des étoiles…&#x202f;», dans le menu de cette page, classe des étoiles de type connu.</translation>
    </message>
    <message>
        <source>Stars of %1, typed by %2</source>
        <translation>Étoiles de&#x202f;%1, classées par&#x202f;%2</translation>
    </message>
    <message>
        <source>Trained on %1. %2 stars: %3 typed (%4 without a reason to doubt), %5 could not be read or prepared.</source>
        <translation>Apprentissage sur&#x202f;%1.&#x202f;%2 étoiles&#x202f;:&#x202f;%3 classées (%4 sans raison de douter),&#x202f;%5 n’ont pu être lues ou préparées.</translation>
    </message>
    <message>
        <source>Enter or a double click on a star of the lists shows its spectrum.</source>
        <translation>Entrée ou un double clic sur une étoile des listes montre son spectre.</translation>
    </message>
    <message>
        <source>Table of stars of known type</source>
        <translation>Tableau d’étoiles de type connu</translation>
    </message>
    <message>
        <source>Tables (*.csv);;All files (*)</source>
        <translation>Tableaux (*.csv);;Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>Filter of the lists</source>
        <translation>Filtre des listes</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>luminosity %1</source>
        <translation>luminosité %1</translation>
    </message>
    <message>
        <source>wrong spectral class</source>
        <translation>classe spectrale fausse</translation>
    </message>
    <message>
        <source>wrong luminosity class</source>
        <translation>classe de luminosité fausse</translation>
    </message>
    <message>
        <source>by ≥ %1 classes</source>
        <translation>de ≥ %1 classes</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>«&#x202f;%1&#x202f;»</translation>
    </message>
    <message numerus="yes">
        <source>%n chosen stars</source>
        <translation>
            <numerusform>%n étoile choisie</numerusform>
            <numerusform>%n étoiles choisies</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Judges</source>
        <translation>&amp;Juges</translation>
    </message>
    <message>
        <source>S&amp;tar</source>
        <translation>É&amp;toile</translation>
    </message>
    <message>
        <source>The selected star, what every judge says of it, and the standards of the two who differ most</source>
        <translation>L’étoile choisie, ce que chaque juge en dit, et les étalons des deux qui diffèrent le plus</translation>
    </message>
    <message>
        <source>The Gradient Origin Network does not judge: %1</source>
        <translation>Le Gradient Origin Network ne juge pas&#x202f;: %1</translation>
    </message>
    <message>
        <source>There is no star to judge: open spectra, or choose other stars</source>
        <translation>Aucune étoile à juger&#x202f;: ouvrez des spectres, ou choisissez d’autres étoiles</translation>
    </message>
    <message numerus="yes">
        <source>%n stars were judged: those on which the judges differ most come first</source>
        <translation>
            <numerusform>%n étoile a été jugée&#x202f;: d’abord celle où les juges diffèrent le plus</numerusform>
            <numerusform>%n étoiles ont été jugées&#x202f;: d’abord celles où les juges diffèrent le plus</numerusform>
        </translation>
    </message>
    <message>
        <source>Suspect la&amp;bels</source>
        <translation>Éti&amp;quettes suspectes</translation>
    </message>
    <message>
        <source>The standards whose labels are most suspect come first; look at their spectra</source>
        <translation>Les étalons aux étiquettes les plus suspectes viennent d’abord&#x202f;; regardez leurs spectres</translation>
    </message>
</context>
<context>
    <name>maury::ui::EvaluationPlots</name>
    <message>
        <source>&amp;Hide the diagonal</source>
        <translation>Masquer la dia&amp;gonale</translation>
    </message>
    <message>
        <source>Confusion matrix of the spectral classes</source>
        <translation>Matrice de confusion des classes spectrales</translation>
    </message>
    <message>
        <source>Predicted against true spectral class</source>
        <translation>Classe spectrale prédite en fonction de la vraie</translation>
    </message>
    <message>
        <source>Leave out what is right, so that the mistakes stand out</source>
        <translation>Laisser de côté ce qui est juste, pour que les erreurs ressortent</translation>
    </message>
    <message>
        <source>Pictures of the spectral classes</source>
        <translation>Figures des classes spectrales</translation>
    </message>
    <message>
        <source>&amp;Matrix</source>
        <translation>&amp;Matrice</translation>
    </message>
    <message>
        <source>How many samples of each class were given which class</source>
        <translation>Combien d’échantillons de chaque classe ont été rangés dans quelle classe</translation>
    </message>
    <message>
        <source>S&amp;catter</source>
        <translation>&amp;Nuage</translation>
    </message>
    <message>
        <source>Predicted against true class, coloured by the true luminosity class</source>
        <translation>Classe prédite en fonction de la vraie, colorée selon la vraie classe de luminosité</translation>
    </message>
    <message>
        <source>Spectral class</source>
        <translation>Classe spectrale</translation>
    </message>
    <message>
        <source>Luminosity class</source>
        <translation>Classe de luminosité</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Exactitude</translation>
    </message>
    <message>
        <source>Part of the samples that were given their class</source>
        <translation>Part des échantillons rangés dans leur classe</translation>
    </message>
    <message>
        <source>Within one class</source>
        <translation>À une classe près</translation>
    </message>
    <message>
        <source>Part of the samples that were given their class or a neighbour of it</source>
        <translation>Part des échantillons rangés dans leur classe ou une classe voisine</translation>
    </message>
    <message>
        <source>Mean F1</source>
        <translation>F1 moyen</translation>
    </message>
    <message>
        <source>Harmonic mean of precision and recall, averaged over the classes with equal weight</source>
        <translation>Moyenne harmonique de la précision et du rappel, moyennée sur les classes à poids égal</translation>
    </message>
    <message>
        <source>Confusion matrix of the luminosity classes</source>
        <translation>Matrice de confusion des classes de luminosité</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 sur %2</translation>
    </message>
    <message>
        <source>Nearest standard</source>
        <translation>Étalon le plus proche</translation>
    </message>
    <message>
        <source>Accuracy of the nearest standard on the same stars, with velocity and blur fitted</source>
        <translation>Exactitude de l’étalon le plus proche sur les mêmes étoiles, vitesse et flou ajustés</translation>
    </message>
    <message>
        <source>Error, σ68</source>
        <translation>Erreur, σ68</translation>
    </message>
    <message>
        <source>68 % of the stars are nearer to their type, in temperature codes: one is about one class</source>
        <translation>68&#x202f;% des étoiles sont plus près de leur type, en codes de température&#x202f;: un code vaut environ une classe</translation>
    </message>
    <message>
        <source>Error, rms</source>
        <translation>Erreur quadr.</translation>
    </message>
    <message>
        <source>Root mean square of the deviations below 3 temperature codes, and how many are beyond</source>
        <translation>Moyenne quadratique des écarts de moins de 3 codes de température, et combien sont au-delà</translation>
    </message>
    <message>
        <source>Pull width</source>
        <translation>Largeur réduite</translation>
    </message>
    <message>
        <source>Width of the deviations in units of the uncertainty that was given with each type: 1 when the uncertainties are right</source>
        <translation>Largeur des écarts rapportés à l’incertitude donnée avec chaque type&#x202f;: 1 quand les incertitudes sont justes</translation>
    </message>
    <message>
        <source>Calibration error</source>
        <translation>Erreur d’étalonnage</translation>
    </message>
    <message>
        <source>How far the probabilities are from the part of the answers that is right, on average</source>
        <translation>De combien, en moyenne, les probabilités s’écartent de la part des réponses justes</translation>
    </message>
    <message>
        <source>n/a</source>
        <translation>n. d.</translation>
    </message>
    <message>
        <source>%1 (%2 beyond 3)</source>
        <translation>%1 (%2 au-delà de 3)</translation>
    </message>
    <message>
        <source>&amp;Reliability</source>
        <translation>&amp;Fiabilité</translation>
    </message>
    <message>
        <source>Whether probabilities are what they say: the part of the answers that is right against the probability that they were given</source>
        <translation>Les probabilités tiennent-elles parole&#x202f;: la part des réponses justes en fonction de la probabilité qui leur a été donnée</translation>
    </message>
</context>
<context>
    <name>maury::ui::EvidenceModel</name>
    <message>
        <source>unidentified</source>
        <translation>non identifié</translation>
    </message>
    <message>
        <source>for</source>
        <translation>pour</translation>
    </message>
    <message>
        <source>against</source>
        <translation>contre</translation>
    </message>
    <message>
        <source>λ (Å)</source>
        <translation>λ (Å)</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Raie</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Poids</translation>
    </message>
    <message>
        <source>Speaks</source>
        <translation>Parle</translation>
    </message>
    <message>
        <source>%1 (%2) rather than %3 (%4)</source>
        <translation>%1 (%2) plutôt que %3 (%4)</translation>
    </message>
    <message>
        <source>%1 rather than %2: %3</source>
        <translation>%1 plutôt que %2 : %3</translation>
    </message>
    <message>
        <source> (standards: %1 %2, %3 %4)</source>
        <translation> (étalons : %1 %2, %3 %4)</translation>
    </message>
</context>
<context>
    <name>maury::ui::EvidenceTab</name>
    <message>
        <source>Show evidence</source>
        <translation>Montrer les indices</translation>
    </message>
    <message>
        <source>Criteria of the textbooks</source>
        <translation>Critères des manuels</translation>
    </message>
    <message>
        <source>What the classical line ratios say of this star</source>
        <translation>Ce que les rapports de raies classiques disent de cette étoile</translation>
    </message>
    <message>
        <source>The classical criteria stand here when evidence is shown</source>
        <translation>Les critères classiques s’affichent ici avec les indices</translation>
    </message>
    <message>
        <source>Show under the spectrum where it speaks for the answer and where against it</source>
        <translation>Montrer sous le spectre où il parle pour la réponse et où contre elle</translation>
    </message>
    <message>
        <source>Spectral class</source>
        <translation>Classe spectrale</translation>
    </message>
    <message>
        <source>Luminosity class</source>
        <translation>Classe de luminosité</translation>
    </message>
    <message>
        <source>Answer to explain</source>
        <translation>Réponse à expliquer</translation>
    </message>
    <message>
        <source>Which of the two answers is explained</source>
        <translation>Laquelle des deux réponses est expliquée</translation>
    </message>
    <message>
        <source>The answer and what it is weighed against</source>
        <translation>La réponse et ce à quoi elle est comparée</translation>
    </message>
    <message>
        <source>Lines that speak for and against the answer</source>
        <translation>Raies qui parlent pour et contre la réponse</translation>
    </message>
    <message>
        <source>Choose a line to see it enlarged</source>
        <translation>Choisir une raie pour la voir agrandie</translation>
    </message>
    <message>
        <source>Weight: what the line adds to the logarithm of the odds of the answer</source>
        <translation>Poids : ce que la raie ajoute au logarithme du rapport des chances de la réponse</translation>
    </message>
    <message>
        <source>No answer to explain</source>
        <translation>Aucune réponse à expliquer</translation>
    </message>
    <message>
        <source>No criterion of the list applies here</source>
        <translation>Aucun critère de la liste ne s’applique ici</translation>
    </message>
</context>
<context>
    <name>maury::ui::FigureDialog</name>
    <message>
        <source>Export figure</source>
        <translation>Exporter la figure</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>PDF and SVG stay sharp at any size; PNG has pixels</source>
        <translation>PDF et SVG restent nets à toute taille&#x202f;; PNG est fait de pixels</translation>
    </message>
    <message>
        <source>mm</source>
        <translation>mm</translation>
    </message>
    <message>
        <source>pixels</source>
        <translation>pixels</translation>
    </message>
    <message>
        <source>Unit of width and height</source>
        <translation>Unité de la largeur et de la hauteur</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Largeur</translation>
    </message>
    <message>
        <source>Width of the figure</source>
        <translation>Largeur de la figure</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Hauteur</translation>
    </message>
    <message>
        <source>Height of the figure</source>
        <translation>Hauteur de la figure</translation>
    </message>
    <message>
        <source> dots per inch</source>
        <translation> points par pouce</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>Résolution</translation>
    </message>
    <message>
        <source>Pixels per inch of a PNG; journals ask for 300</source>
        <translation>Pixels par pouce d’un PNG&#x202f;; les revues en demandent 300</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>&amp;Format</translation>
    </message>
    <message>
        <source>&amp;Width</source>
        <translation>&amp;Largeur</translation>
    </message>
    <message>
        <source>&amp;Height</source>
        <translation>&amp;Hauteur</translation>
    </message>
    <message>
        <source>&amp;Unit</source>
        <translation>&amp;Unité</translation>
    </message>
    <message>
        <source>&amp;Resolution</source>
        <translation>&amp;Résolution</translation>
    </message>
    <message>
        <source>&amp;Save as…</source>
        <translation>&amp;Enregistrer sous…</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source> mm</source>
        <translation> mm</translation>
    </message>
    <message>
        <source>%1 × %2 mm</source>
        <translation>%1 × %2 mm</translation>
    </message>
    <message>
        <source>%1, %2 × %3 pixels</source>
        <translation>%1, %2 × %3 pixels</translation>
    </message>
</context>
<context>
    <name>maury::ui::FileChoice</name>
    <message>
        <source>Normalised spectrum</source>
        <translation>Spectre normalisé</translation>
    </message>
    <message>
        <source>Spectrum</source>
        <translation>Spectre</translation>
    </message>
    <message>
        <source>Which of the spectra in this file is shown: combination, visit, aperture</source>
        <translation>Lequel des spectres de ce fichier est montré : combinaison, visite, ouverture</translation>
    </message>
    <message>
        <source>Plane</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Which plane of the file is shown</source>
        <translation>Quel plan du fichier est montré</translation>
    </message>
    <message>
        <source>Segment</source>
        <translation>Segment</translation>
    </message>
    <message>
        <source>Which segment is drawn as in the file and exported</source>
        <translation>Quel segment est tracé comme dans le fichier et exporté</translation>
    </message>
    <message>
        <source>The normalised spectrum of the survey, at rest</source>
        <translation>Le spectre normalisé du relevé, au repos</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 sur %2</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Tous</translation>
    </message>
    <message>
        <source>%1–%2 Å</source>
        <translation>%1–%2 Å</translation>
    </message>
</context>
<context>
    <name>maury::ui::FilterChips</name>
    <message>
        <source>Clear all</source>
        <translation>Tout effacer</translation>
    </message>
    <message>
        <source>Remove all filters of this list</source>
        <translation>Enlever tous les filtres de cette liste</translation>
    </message>
    <message>
        <source>Filters of the list</source>
        <translation>Filtres de la liste</translation>
    </message>
    <message>
        <source>Remove the filter: %1</source>
        <translation>Enlever le filtre&#x202f;: %1</translation>
    </message>
</context>
<context>
    <name>maury::ui::FilterPlot</name>
    <message>
        <source>Weights of a unit of the first layer against wavelength</source>
        <translation>Poids d’un neurone de la première couche en fonction de la longueur d’onde</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Poids</translation>
    </message>
    <message>
        <source>Flux</source>
        <translation>Flux</translation>
    </message>
    <message>
        <source>Flux, %1</source>
        <translation>Flux, %1</translation>
    </message>
    <message>
        <source>weight %1</source>
        <translation>poids %1</translation>
    </message>
    <message>
        <source>%1: flux %2</source>
        <translation>%1&#x202f;: flux %2</translation>
    </message>
</context>
<context>
    <name>maury::ui::GonCurves</name>
    <message>
        <source>Loss and fit of the run</source>
        <translation>Perte et ajustement de l’apprentissage</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Perte</translation>
    </message>
    <message>
        <source>χ²</source>
        <translation>χ²</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Pas</translation>
    </message>
    <message>
        <source>batches</source>
        <translation>lots</translation>
    </message>
    <message>
        <source>mean of %1 batches</source>
        <translation>moyenne de %1 lots</translation>
    </message>
    <message>
        <source>trained on, per pixel</source>
        <translation>apprises, par pixel</translation>
    </message>
    <message>
        <source>held out, per dof, median</source>
        <translation>réservées, par ddl, médiane</translation>
    </message>
    <message>
        <source>held out, per dof, mean</source>
        <translation>réservées, par ddl, moyenne</translation>
    </message>
    <message>
        <source>noise alone</source>
        <translation>bruit seul</translation>
    </message>
    <message>
        <source>χ² per pixel, trained on</source>
        <translation>χ² par pixel, étoiles apprises</translation>
    </message>
    <message>
        <source>χ² per degree of freedom, held out, median</source>
        <translation>χ² par degré de liberté, étoiles réservées, médiane</translation>
    </message>
    <message>
        <source>χ² per degree of freedom, held out, mean</source>
        <translation>χ² par degré de liberté, étoiles réservées, moyenne</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Taux d’apprentissage</translation>
    </message>
    <message>
        <source>step %1: loss %2, χ² per pixel %3; held out χ² per degree of freedom %4</source>
        <translation>pas %1&#x202f;: perte %2, χ² par pixel %3&#x202f;; étoiles réservées, χ² par degré de liberté %4</translation>
    </message>
</context>
<context>
    <name>maury::ui::GonParameters</name>
    <message>
        <source>Learning rate</source>
        <translation>Taux d’apprentissage</translation>
    </message>
    <message>
        <source>Adam&apos;s, before warm-up and cosine; may change in mid-run</source>
        <translation>D’Adam, avant montée et cosinus&#x202f;; modifiable en cours d’apprentissage</translation>
    </message>
    <message>
        <source>Hidden share</source>
        <translation>Part cachée</translation>
    </message>
    <message>
        <source>Share of the batches in which half of the spectra have a block hidden, so that the network learns to repair; may change in mid-run</source>
        <translation>Part des lots où la moitié des spectres ont un bloc caché, pour que le réseau apprenne à réparer&#x202f;; modifiable en cours d’apprentissage</translation>
    </message>
    <message>
        <source>Latent numbers</source>
        <translation>Nombres latents</translation>
    </message>
    <message>
        <source>How many numbers describe a spectrum: the dimensions of its code</source>
        <translation>Combien de nombres décrivent un spectre&#x202f;: les dimensions de son code</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Pas</translation>
    </message>
    <message>
        <source>Batches of the run</source>
        <translation>Lots de l’apprentissage</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>Taille des lots</translation>
    </message>
    <message>
        <source>Spectra in one step</source>
        <translation>Spectres d’un pas</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>Montée</translation>
    </message>
    <message>
        <source>Steps over which the rate rises</source>
        <translation>Pas pendant lesquels le taux monte</translation>
    </message>
    <message>
        <source>Step size</source>
        <translation>Longueur du pas</translation>
    </message>
    <message>
        <source>How far the one step towards a code goes; of learned steps where they begin</source>
        <translation>Jusqu’où va l’unique pas vers un code ; pour des pas appris, leur point de départ</translation>
    </message>
    <message>
        <source>An autoencoder draws all pixels at once: choose the dense decoder, or another way to the code</source>
        <translation>Un auto-encodeur trace tous les pixels à la fois : choisissez le décodeur dense, ou un autre chemin vers le code</translation>
    </message>
    <message>
        <source>An autoencoder has no posterior: leave the variational one out, or choose another way to the code</source>
        <translation>Un auto-encodeur n’a pas de loi a posteriori : retirez la loi variationnelle, ou choisissez un autre chemin vers le code</translation>
    </message>
    <message>
        <source>The GPU runs dense decoders whose codes are points and found through the decoder: choose another backend, or these</source>
        <translation>Le GPU calcule des décodeurs denses dont les codes sont des points trouvés à travers le décodeur : choisissez un autre moteur, ou ceux-ci</translation>
    </message>
</context>
<context>
    <name>maury::ui::HistogramPlot</name>
    <message>
        <source>Histograms of the chosen layer</source>
        <translation>Histogrammes de la couche choisie</translation>
    </message>
    <message>
        <source>%1: bin from</source>
        <translation>%1&#x202f;: classe à partir de</translation>
    </message>
    <message>
        <source>%1: number</source>
        <translation>%1&#x202f;: nombre</translation>
    </message>
    <message>
        <source>%1 at the start</source>
        <translation>%1 au départ</translation>
    </message>
    <message>
        <source>now</source>
        <translation>maintenant</translation>
    </message>
    <message>
        <source>at the start</source>
        <translation>au départ</translation>
    </message>
    <message>
        <source>%1: n/a</source>
        <translation>%1&#x202f;: n.&#x202f;d.</translation>
    </message>
    <message>
        <source>%1 near %2: %3 of %4</source>
        <translation>%1 près de %2&#x202f;: %3 sur %4</translation>
    </message>
</context>
<context>
    <name>maury::ui::HistoryModel</name>
    <message>
        <source>Lowest loss so far</source>
        <translation>Perte la plus basse jusqu’ici</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>Époque</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Taux</translation>
    </message>
    <message>
        <source>Loss, train</source>
        <translation>Perte, entr.</translation>
    </message>
    <message>
        <source>Loss, test</source>
        <translation>Perte, test</translation>
    </message>
    <message>
        <source>SC loss, train</source>
        <translation>Perte CS, entr.</translation>
    </message>
    <message>
        <source>SC loss, test</source>
        <translation>Perte CS, test</translation>
    </message>
    <message>
        <source>LC loss, train</source>
        <translation>Perte CL, entr.</translation>
    </message>
    <message>
        <source>LC loss, test</source>
        <translation>Perte CL, test</translation>
    </message>
    <message>
        <source>SC acc., train</source>
        <translation>Exact. CS, entr.</translation>
    </message>
    <message>
        <source>SC acc., test</source>
        <translation>Exact. CS, test</translation>
    </message>
    <message>
        <source>LC acc., train</source>
        <translation>Exact. CL, entr.</translation>
    </message>
    <message>
        <source>LC acc., test</source>
        <translation>Exact. CL, test</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>Secondes</translation>
    </message>
</context>
<context>
    <name>maury::ui::JudgesModel</name>
    <message>
        <source>network</source>
        <translation>réseau</translation>
    </message>
    <message>
        <source>nearest standard</source>
        <translation>étalon le plus proche</translation>
    </message>
    <message>
        <source>GON</source>
        <translation>GON</translation>
    </message>
    <message>
        <source>human</source>
        <translation>humain</translation>
    </message>
    <message>
        <source>n/a</source>
        <translation>n.&#x202f;d.</translation>
    </message>
    <message>
        <source>%1 → %2: %3 classes</source>
        <translation>%1 → %2&#x202f;: %3 classes</translation>
    </message>
    <message numerus="yes">
        <source>, %n luminosity class(es)</source>
        <translation>
            <numerusform>, %n classe de luminosité</numerusform>
            <numerusform>, %n classes de luminosité</numerusform>
        </translation>
    </message>
    <message>
        <source>Name of the star</source>
        <translation>Nom de l’étoile</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>Étoile</translation>
    </message>
    <message>
        <source>The type that the model of the window gives</source>
        <translation>Le type que donne le modèle de la fenêtre</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Réseau</translation>
    </message>
    <message>
        <source>The standard with the least χ², velocity and blur fitted</source>
        <translation>L’étalon de moindre χ², vitesse et flou ajustés</translation>
    </message>
    <message>
        <source>Nearest</source>
        <translation>Le plus proche</translation>
    </message>
    <message>
        <source>The nearest standard among the codes of the Gradient Origin Network that is open on the Latent page</source>
        <translation>L’étalon le plus proche parmi les codes du Gradient Origin Network ouvert à la page Latent</translation>
    </message>
    <message>
        <source>The label of the project, else the published type</source>
        <translation>L’étiquette du projet, sinon le type publié</translation>
    </message>
    <message>
        <source>Human</source>
        <translation>Humain</translation>
    </message>
    <message>
        <source>The largest difference between two judges in units of their uncertainties: above 3 one of them is wrong</source>
        <translation>La plus grande différence entre deux juges, en unités de leurs incertitudes&#x202f;: au-delà de 3, l’un d’eux se trompe</translation>
    </message>
    <message>
        <source>Differ (σ)</source>
        <translation>Écart (σ)</translation>
    </message>
    <message>
        <source>Which two differ most, and by how much</source>
        <translation>Lesquels diffèrent le plus, et de combien</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Qui</translation>
    </message>
</context>
<context>
    <name>maury::ui::JudgesPanel</name>
    <message>
        <source>Judged stars</source>
        <translation>Étoiles jugées</translation>
    </message>
    <message>
        <source>stars of this evaluation</source>
        <translation>étoiles de cette évaluation</translation>
    </message>
    <message>
        <source>opened spectra</source>
        <translation>spectres ouverts</translation>
    </message>
    <message>
        <source>standards of the atlas</source>
        <translation>étalons de l’atlas</translation>
    </message>
    <message>
        <source>Stars to judge</source>
        <translation>Étoiles à juger</translation>
    </message>
    <message>
        <source>Which stars network, nearest standard, Gradient Origin Network and human are asked about</source>
        <translation>Les étoiles sur lesquelles on interroge réseau, étalon le plus proche, Gradient Origin Network et humain</translation>
    </message>
    <message>
        <source>Jud&amp;ge</source>
        <translation>Ju&amp;ger</translation>
    </message>
    <message>
        <source>Ask all judges about these stars</source>
        <translation>Interroger tous les juges sur ces étoiles</translation>
    </message>
    <message>
        <source>CSV…</source>
        <translation>CSV…</translation>
    </message>
    <message>
        <source>Save the judges&apos; list as CSV</source>
        <translation>Enregistrer la liste des juges en CSV</translation>
    </message>
    <message>
        <source>Write the judged stars as comma-separated values</source>
        <translation>Écrire les étoiles jugées en valeurs séparées par des virgules</translation>
    </message>
    <message numerus="yes">
        <source>%n stars</source>
        <translation>
            <numerusform>%n étoile</numerusform>
            <numerusform>%n étoiles</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, by another model</source>
        <translation>%1, par un autre modèle</translation>
    </message>
</context>
<context>
    <name>maury::ui::JudgesView</name>
    <message>
        <source>p %1 / %2, ± %3 classes</source>
        <translation>p %1 / %2, ± %3 classes</translation>
    </message>
    <message>
        <source>χ² %1, %2, blur %3</source>
        <translation>χ² %1, %2, flou %3</translation>
    </message>
    <message>
        <source>km/s</source>
        <translation>km/s</translation>
    </message>
    <message>
        <source>Å</source>
        <translation>Å</translation>
    </message>
    <message>
        <source>χ²/dof %1, distance %2 gaps</source>
        <translation>χ²/ddl %1, distance %2 intervalles</translation>
    </message>
    <message>
        <source>published type</source>
        <translation>type publié</translation>
    </message>
    <message>
        <source>label of the project</source>
        <translation>étiquette du projet</translation>
    </message>
    <message>
        <source>none is open</source>
        <translation>aucun n’est ouvert</translation>
    </message>
    <message>
        <source>The star and the standards of the judges who differ most</source>
        <translation>L’étoile et les étalons des juges qui diffèrent le plus</translation>
    </message>
    <message>
        <source>–</source>
        <translation>–</translation>
    </message>
    <message>
        <source>Type by the %1</source>
        <translation>Type selon&#x202f;: %1</translation>
    </message>
    <message>
        <source>This star was not judged: choose stars in the list of judges below and press Judge</source>
        <translation>Cette étoile n’a pas été jugée&#x202f;: choisissez des étoiles dans la liste des juges ci-dessous et pressez Juger</translation>
    </message>
    <message>
        <source>They differ most by %1 σ: %2</source>
        <translation>Ils diffèrent au plus de %1 σ&#x202f;: %2</translation>
    </message>
    <message>
        <source>Fewer than two judges have an opinion</source>
        <translation>Moins de deux juges ont un avis</translation>
    </message>
    <message>
        <source>Rectified flux</source>
        <translation>Flux rectifié</translation>
    </message>
</context>
<context>
    <name>maury::ui::LabelDesk</name>
    <message>
        <source>Accept %1</source>
        <translation>Accepter %1</translation>
    </message>
</context>
<context>
    <name>maury::ui::LabelInquiry</name>
    <message>
        <source>Looking for suspect labels</source>
        <translation>Recherche d’étiquettes suspectes</translation>
    </message>
    <message>
        <source>Looking for suspect labels: network %1 of %2</source>
        <translation>Recherche d’étiquettes suspectes&#x202f;: réseau %1 sur %2</translation>
    </message>
</context>
<context>
    <name>maury::ui::LabelPanel</name>
    <message>
        <source>unusable</source>
        <translation>inutilisable</translation>
    </message>
    <message>
        <source>poor</source>
        <translation>médiocre</translation>
    </message>
    <message>
        <source>fair</source>
        <translation>passable</translation>
    </message>
    <message>
        <source>good</source>
        <translation>bonne</translation>
    </message>
    <message>
        <source>excellent</source>
        <translation>excellente</translation>
    </message>
    <message>
        <source>Label and criteria</source>
        <translation>Étiquette et critères</translation>
    </message>
    <message>
        <source>&amp;Label</source>
        <translation>É&amp;tiquette</translation>
    </message>
    <message>
        <source>C&amp;riteria</source>
        <translation>C&amp;ritères</translation>
    </message>
    <message>
        <source>odd</source>
        <translation>étrange</translation>
    </message>
    <message>
        <source>Not like any standard</source>
        <translation>Ne ressemble à aucun étalon</translation>
    </message>
    <message>
        <source>bad</source>
        <translation>mauvais</translation>
    </message>
    <message>
        <source>Something is wrong with the spectrum</source>
        <translation>Quelque chose cloche dans le spectre</translation>
    </message>
    <message>
        <source>emission</source>
        <translation>émission</translation>
    </message>
    <message>
        <source>Lines in emission</source>
        <translation>Raies en émission</translation>
    </message>
    <message>
        <source>composite</source>
        <translation>composite</translation>
    </message>
    <message>
        <source>Light of two stars</source>
        <translation>Lumière de deux étoiles</translation>
    </message>
    <message>
        <source>The type of the label; one that the grid does not have can be typed</source>
        <translation>Le type de l’étiquette ; un type absent de la grille peut être tapé</translation>
    </message>
    <message>
        <source>free text</source>
        <translation>texte libre</translation>
    </message>
    <message>
        <source>Whose labels these are</source>
        <translation>De qui sont ces étiquettes</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualité</translation>
    </message>
    <message>
        <source>Flags</source>
        <translation>Marques</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notes</translation>
    </message>
    <message>
        <source>Classifier</source>
        <translation>Auteur</translation>
    </message>
    <message>
        <source>Which stars come next</source>
        <translation>Quelles étoiles viennent ensuite</translation>
    </message>
    <message>
        <source>All stars</source>
        <translation>Toutes</translation>
    </message>
    <message>
        <source>Not yet typed</source>
        <translation>Pas encore classées</translation>
    </message>
    <message>
        <source>Typed differently</source>
        <translation>Avis différents</translation>
    </message>
    <message>
        <source>Odd or bad</source>
        <translation>Étranges ou mauvaises</translation>
    </message>
    <message>
        <source>Blind</source>
        <translation>À l’aveugle</translation>
    </message>
    <message>
        <source>Hide the catalogue&apos;s type, the nearest standard and the network&apos;s answer</source>
        <translation>Masquer le type du catalogue, l’étalon le plus proche et la réponse du réseau</translation>
    </message>
    <message>
        <source>Keep the type</source>
        <translation>Garder le type</translation>
    </message>
    <message>
        <source>Begin the next star at the type of this one</source>
        <translation>Commencer l’étoile suivante au type de celle-ci</translation>
    </message>
    <message>
        <source>Show as bands</source>
        <translation>Montrer en bandes</translation>
    </message>
    <message>
        <source>Mark what the criteria measure in the spectrum</source>
        <translation>Marquer ce que les critères mesurent dans le spectre</translation>
    </message>
    <message>
        <source>Criteria at this type</source>
        <translation>Critères à ce type</translation>
    </message>
    <message>
        <source>%1 of %2 typed</source>
        <translation>%1 sur %2 classées</translation>
    </message>
</context>
<context>
    <name>maury::ui::LatentMapPanel</name>
    <message>
        <source>Map</source>
        <translation>Carte</translation>
    </message>
    <message>
        <source>Principal axes keep distances as far as a plane can; t-SNE keeps neighbours</source>
        <translation>Les axes principaux gardent les distances autant qu’un plan le peut&#x202f;; t-SNE garde les voisines</translation>
    </message>
    <message>
        <source>Principal axes</source>
        <translation>Axes principaux</translation>
    </message>
    <message>
        <source>t-SNE</source>
        <translation>t-SNE</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Couleur</translation>
    </message>
    <message>
        <source>What the stars are coloured by</source>
        <translation>Ce que disent les couleurs des étoiles</translation>
    </message>
    <message>
        <source>Dragging</source>
        <translation>Glisser</translation>
    </message>
    <message>
        <source>What dragging over the map does: move it, choose the stars inside of a lasso, or walk and see the spectrum of every place</source>
        <translation>Ce que fait un glissement sur la carte&#x202f;: la déplacer, choisir les étoiles d’un lasso, ou se promener et voir le spectre de chaque lieu</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Déplacer</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>Lasso</translation>
    </message>
    <message>
        <source>Walk</source>
        <translation>Promenade</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Toutes</translation>
    </message>
    <message>
        <source>Let go of the stars that a lasso has chosen</source>
        <translation>Relâcher les étoiles choisies par un lasso</translation>
    </message>
    <message>
        <source>Spectra beside the map</source>
        <translation>Spectres à côté de la carte</translation>
    </message>
    <message>
        <source>Rectified flux</source>
        <translation>Flux rectifié</translation>
    </message>
    <message>
        <source>Way between standards</source>
        <translation>Chemin entre étalons</translation>
    </message>
    <message>
        <source>From standard to standard: along the spectral classes of a luminosity class, or along the luminosities of the selected star&apos;s class</source>
        <translation>D’étalon en étalon&#x202f;: le long des classes spectrales d’une classe de luminosité, ou des luminosités de la classe de l’étoile choisie</translation>
    </message>
    <message>
        <source>Place between the standards</source>
        <translation>Place entre les étalons</translation>
    </message>
    <message>
        <source>t-SNE, first axis</source>
        <translation>t-SNE, premier axe</translation>
    </message>
    <message>
        <source>t-SNE, second axis</source>
        <translation>t-SNE, second axe</translation>
    </message>
    <message>
        <source>Laying out the map</source>
        <translation>Mise en place de la carte</translation>
    </message>
    <message>
        <source>No spectra are opened: open some, or map the standards</source>
        <translation>Aucun spectre n’est ouvert&#x202f;: en ouvrir, ou cartographier les étalons</translation>
    </message>
    <message>
        <source>Mapping the stars</source>
        <translation>Cartographie des étoiles</translation>
    </message>
    <message>
        <source>Spectra that cannot be brought to the pixels of the network: %1</source>
        <translation>Spectres qu’on ne peut amener aux pixels du réseau&#x202f;: %1</translation>
    </message>
    <message>
        <source>First principal axis</source>
        <translation>Premier axe principal</translation>
    </message>
    <message>
        <source>Second principal axis</source>
        <translation>Second axe principal</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Classe</translation>
    </message>
    <message>
        <source>Luminosity</source>
        <translation>Luminosité</translation>
    </message>
    <message>
        <source>S/N</source>
        <translation>S/B</translation>
    </message>
    <message>
        <source>Oddity</source>
        <translation>Étrangeté</translation>
    </message>
    <message>
        <source>Survey</source>
        <translation>Relevé</translation>
    </message>
    <message>
        <source>The selected star is not on this map</source>
        <translation>L’étoile choisie n’est pas sur cette carte</translation>
    </message>
    <message>
        <source>Stars: %1</source>
        <translation>Étoiles&#x202f;: %1</translation>
    </message>
    <message>
        <source>chosen: %1</source>
        <translation>choisies&#x202f;: %1</translation>
    </message>
    <message>
        <source>%1 of the variance</source>
        <translation>%1 de la variance</translation>
    </message>
    <message>
        <source>The spectrum of this place</source>
        <translation>Le spectre de ce lieu</translation>
    </message>
    <message>
        <source>The spectrum of this place: no standard is near enough to vouch for it</source>
        <translation>Le spectre de ce lieu&#x202f;: aucun étalon n’est assez proche pour en répondre</translation>
    </message>
    <message>
        <source>model</source>
        <translation>modèle</translation>
    </message>
    <message>
        <source>Classes at V</source>
        <translation>Classes à V</translation>
    </message>
    <message>
        <source>Classes at III</source>
        <translation>Classes à III</translation>
    </message>
    <message>
        <source>Classes at I</source>
        <translation>Classes à I</translation>
    </message>
    <message>
        <source>Luminosities</source>
        <translation>Luminosités</translation>
    </message>
    <message>
        <source>The standard %1</source>
        <translation>L’étalon %1</translation>
    </message>
    <message>
        <source>%1 of the way from %2 to %3</source>
        <translation>%1 du chemin de %2 à %3</translation>
    </message>
    <message>
        <source>Between %1 and %2 there is no standard</source>
        <translation>Entre %1 et %2 il n’y a pas d’étalon</translation>
    </message>
    <message>
        <source>%1, its twin %2 and their difference</source>
        <translation>%1, sa jumelle %2 et leur différence</translation>
    </message>
</context>
<context>
    <name>maury::ui::LatentMapPlot</name>
    <message>
        <source>Map of the stars</source>
        <translation>Carte des étoiles</translation>
    </message>
</context>
<context>
    <name>maury::ui::LatentPage</name>
    <message>
        <source>Latent</source>
        <translation>Latent</translation>
    </message>
    <message>
        <source>What spectra have in common</source>
        <translation>Ce que les spectres ont en commun</translation>
    </message>
    <message>
        <source>Train on the atlas</source>
        <translation>Apprendre l’atlas</translation>
    </message>
    <message>
        <source>&amp;Train</source>
        <translation>&amp;Apprendre</translation>
    </message>
    <message>
        <source>Train a new network with these settings</source>
        <translation>Entraîner un nouveau réseau avec ces réglages</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Pause</translation>
    </message>
    <message>
        <source>Hold the run after its batch, or let it go on</source>
        <translation>Suspendre l’entraînement après son lot, ou le laisser continuer</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>&amp;Arrêter</translation>
    </message>
    <message>
        <source>End the run; its network is kept</source>
        <translation>Mettre fin à l’entraînement&#x202f;; son réseau est gardé</translation>
    </message>
    <message>
        <source>&amp;Open a network…</source>
        <translation>&amp;Ouvrir un réseau…</translation>
    </message>
    <message>
        <source>Use a network that was trained before</source>
        <translation>Utiliser un réseau entraîné auparavant</translation>
    </message>
    <message>
        <source>Save the &amp;network…</source>
        <translation>Enregistrer le &amp;réseau…</translation>
    </message>
    <message>
        <source>Write the trained network to a file</source>
        <translation>Écrire le réseau entraîné dans un fichier</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Apprentissage</translation>
    </message>
    <message>
        <source>Loss and fit, step by step</source>
        <translation>Perte et ajustement, pas à pas</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>Étoile</translation>
    </message>
    <message>
        <source>The selected star as the network sees it, and how it repairs what is hidden</source>
        <translation>L’étoile choisie telle que le réseau la voit, et comment il répare ce qui est caché</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>Raies</translation>
    </message>
    <message>
        <source>How well each line window is reconstructed, and where its line lies: a check of the wavelengths</source>
        <translation>Comment chaque fenêtre de raie est reconstruite, et où se trouve sa raie&#x202f;: un contrôle des longueurs d’onde</translation>
    </message>
    <message>
        <source>There is no atlas to train on yet</source>
        <translation>Il n’y a pas encore d’atlas à apprendre</translation>
    </message>
    <message>
        <source>No spectra are opened: open some, or train on the standards</source>
        <translation>Aucun spectre n’est ouvert&#x202f;: en ouvrir, ou apprendre les étalons</translation>
    </message>
    <message>
        <source>Go &amp;on</source>
        <translation>&amp;Continuer</translation>
    </message>
    <message>
        <source>Making the data set</source>
        <translation>Fabrication du jeu de données</translation>
    </message>
    <message>
        <source>Fitting the bands</source>
        <translation>Ajustement des bandes</translation>
    </message>
    <message>
        <source>The run was cancelled before its first batch</source>
        <translation>L’entraînement a été annulé avant son premier lot</translation>
    </message>
    <message>
        <source>The run was stopped; its network is kept</source>
        <translation>L’entraînement a été arrêté&#x202f;; son réseau est gardé</translation>
    </message>
    <message>
        <source>The run is finished after %1</source>
        <translation>L’entraînement est terminé au bout de %1</translation>
    </message>
    <message>
        <source> What its last checkpoint held is kept.</source>
        <translation> Ce que contenait son dernier point de reprise est gardé.</translation>
    </message>
    <message>
        <source>this run</source>
        <translation>cet apprentissage</translation>
    </message>
    <message>
        <source>%1 training spectra</source>
        <translation>%1 spectres d’apprentissage</translation>
    </message>
    <message>
        <source>held out χ²/dof %1</source>
        <translation>χ²/ddl %1 des étoiles réservées</translation>
    </message>
    <message>
        <source>Open a network</source>
        <translation>Ouvrir un réseau</translation>
    </message>
    <message>
        <source>Models (*.h5);;All files (*)</source>
        <translation>Modèles (*.h5);;Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>Opening the network</source>
        <translation>Ouverture du réseau</translation>
    </message>
    <message>
        <source>Save the trained network</source>
        <translation>Enregistrer le réseau entraîné</translation>
    </message>
    <message>
        <source>Models (*.h5)</source>
        <translation>Modèles (*.h5)</translation>
    </message>
    <message>
        <source>The network was written to %1</source>
        <translation>Le réseau a été écrit dans %1</translation>
    </message>
    <message>
        <source>A Gradient Origin Network describes every spectrum by a few numbers and draws it again from them: it repairs hidden parts, lays similar stars side by side, and finds odd ones. Train one, open one, or drop one on this window.</source>
        <translation>Un Gradient Origin Network décrit chaque spectre par quelques nombres et le redessine à partir d’eux&#x202f;: il répare ce qui est caché, place côte à côte les étoiles semblables et trouve les insolites. En entraîner un, en ouvrir un ou en déposer un sur cette fenêtre.</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Carte</translation>
    </message>
    <message>
        <source>All stars side by side, the similar ones together; twins, odd ones, and walks</source>
        <translation>Toutes les étoiles côte à côte, les semblables ensemble&#x202f;; jumelles, insolites et promenades</translation>
    </message>
    <message>
        <source>Twins</source>
        <translation>Jumelles</translation>
    </message>
    <message>
        <source>The stars of the map that are nearest to the selected one; a line draws the two and their difference</source>
        <translation>Les étoiles de la carte les plus proches de l’étoile choisie&#x202f;; une ligne trace les deux et leur différence</translation>
    </message>
    <message>
        <source>Odd stars</source>
        <translation>Insolites</translation>
    </message>
    <message>
        <source>The stars of the map, those first that the network explains worst; a line selects its star</source>
        <translation>Les étoiles de la carte, d’abord celles que le réseau explique le moins bien&#x202f;; une ligne choisit son étoile</translation>
    </message>
    <message>
        <source>No store is open: open one on the page Surveys</source>
        <translation>Aucun recueil n’est ouvert&#x202f;: en ouvrir un à la page Relevés</translation>
    </message>
</context>
<context>
    <name>maury::ui::LatentSettings</name>
    <message>
        <source>Standards of the atlas, varied</source>
        <translation>Étalons de l’atlas, variés</translation>
    </message>
    <message>
        <source>Opened spectra</source>
        <translation>Spectres ouverts</translation>
    </message>
    <message>
        <source>Spectra</source>
        <translation>Spectres</translation>
    </message>
    <message>
        <source>Can be set before a run, not while one goes on</source>
        <translation>Se règle avant un apprentissage, pas pendant</translation>
    </message>
    <message>
        <source>The open store</source>
        <translation>Le recueil ouvert</translation>
    </message>
    <message>
        <source>What the network learns from and what the map shows: fresh variations of the observed standards, the spectra that were opened, or those of the store of the page Surveys, as they are</source>
        <translation>Ce que le réseau apprend et ce que la carte montre&#x202f;: des variations nouvelles des étalons observés, les spectres ouverts, ou ceux du recueil de la page Relevés, tels quels</translation>
    </message>
    <message>
        <source>Variational posterior</source>
        <translation>Loi a posteriori variationnelle</translation>
    </message>
    <message>
        <source>Dense: all pixels</source>
        <translation>Dense : tous les pixels</translation>
    </message>
    <message>
        <source>SIREN of the wavelength</source>
        <translation>SIREN de la longueur d’onde</translation>
    </message>
    <message>
        <source>Fourier features</source>
        <translation>Bases de Fourier</translation>
    </message>
    <message>
        <source>Decoder</source>
        <translation>Décodeur</translation>
    </message>
    <message>
        <source>What draws a spectrum from its code: all pixels at once, or one wavelength at a time, by sines (SIREN) or from Fourier features; the latter two are much slower</source>
        <translation>Ce qui trace un spectre d’après son code : tous les pixels à la fois, ou une longueur d’onde après l’autre, par des sinus (SIREN) ou d’après des bases de Fourier ; ces deux derniers sont bien plus lents</translation>
    </message>
    <message>
        <source>Gauss–Newton</source>
        <translation>Gauss–Newton</translation>
    </message>
    <message>
        <source>One step, as published</source>
        <translation>Un pas, comme publié</translation>
    </message>
    <message>
        <source>One step, detached</source>
        <translation>Un pas, détaché</translation>
    </message>
    <message>
        <source>Learned step</source>
        <translation>Pas appris</translation>
    </message>
    <message>
        <source>Autoencoder (baseline)</source>
        <translation>Auto-encodeur (référence)</translation>
    </message>
    <message>
        <source>Way to the code</source>
        <translation>Chemin vers le code</translation>
    </message>
    <message>
        <source>How the code of a spectrum is found: by solving for it (Gauss–Newton), by one step down the gradient as published, by the same with a gradient that ignores how the code came about, by one step of learned size in every dimension, or by a network of its own</source>
        <translation>Comment le code d’un spectre est trouvé : par résolution (Gauss–Newton), par un pas de descente du gradient comme publié, de même avec un gradient qui ignore d’où vient le code, par un pas de longueur apprise dans chaque dimension, ou par un réseau propre</translation>
    </message>
    <message>
        <source>A normal distribution in place of a point as the code of a spectrum, as in a variational autoencoder</source>
        <translation>Une loi normale au lieu d’un point comme code d’un spectre, comme dans un auto-encodeur variationnel</translation>
    </message>
    <message>
        <source>Backend</source>
        <translation>Moteur</translation>
    </message>
    <message>
        <source>What computes: single precision on the processor (cpu) or on a GPU (cuda), or double precision (reference)</source>
        <translation>Ce qui calcule : en simple précision sur le processeur (cpu) ou sur un GPU (cuda), ou en double précision (reference)</translation>
    </message>
    <message>
        <source>Only where the code is found by one step</source>
        <translation>Seulement là où le code est trouvé par un pas</translation>
    </message>
</context>
<context>
    <name>maury::ui::LibraryList</name>
    <message>
        <source>Built-in atlas</source>
        <translation>Atlas intégré</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothèque</translation>
    </message>
    <message>
        <source>FWHM, Å</source>
        <translation>FWHM, Å</translation>
    </message>
    <message>
        <source>Libraries to learn from</source>
        <translation>Bibliothèques d’apprentissage</translation>
    </message>
    <message>
        <source>Standards to learn from; the resolution can be written over</source>
        <translation>Étalons d’apprentissage&#x202f;; la résolution peut être corrigée</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>Ajouter un dossier…</translation>
    </message>
    <message>
        <source>Add a folder of standards in MKCLASS naming</source>
        <translation>Ajouter un dossier d’étalons nommés comme ceux de MKCLASS</translation>
    </message>
    <message>
        <source>Add built-in</source>
        <translation>Ajouter l’intégré</translation>
    </message>
    <message>
        <source>Add the synthetic atlas of the program</source>
        <translation>Ajouter l’atlas synthétique du programme</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Remove the chosen libraries</source>
        <translation>Retirer les bibliothèques choisies</translation>
    </message>
    <message>
        <source>Folder of standards</source>
        <translation>Dossier d’étalons</translation>
    </message>
</context>
<context>
    <name>maury::ui::MapPaint</name>
    <message>
        <source>Class</source>
        <translation>Classe</translation>
    </message>
    <message>
        <source>Luminosity</source>
        <translation>Luminosité</translation>
    </message>
    <message>
        <source>S/N</source>
        <translation>S/B</translation>
    </message>
    <message>
        <source>Oddity</source>
        <translation>Étrangeté</translation>
    </message>
    <message>
        <source>Survey</source>
        <translation>Relevé</translation>
    </message>
    <message>
        <source>χ²/dof %1</source>
        <translation>χ²/ddl %1</translation>
    </message>
    <message>
        <source>oddity %1</source>
        <translation>étrangeté %1</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>Étoile</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>χ² per degree of freedom</source>
        <translation>χ² par degré de liberté</translation>
    </message>
    <message>
        <source>χ² excess</source>
        <translation>Excès de χ²</translation>
    </message>
    <message>
        <source>Largest window z</source>
        <translation>z de la pire fenêtre</translation>
    </message>
    <message>
        <source>at (Å)</source>
        <translation>à (Å)</translation>
    </message>
    <message>
        <source>Mahalanobis distance</source>
        <translation>Distance de Mahalanobis</translation>
    </message>
    <message>
        <source>Difference, rms flux</source>
        <translation>Différence, flux rms</translation>
    </message>
</context>
<context>
    <name>maury::ui::MistakesModel</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 sur %2</translation>
    </message>
    <message>
        <source>Library and name of the standard</source>
        <translation>Bibliothèque et nom de l’étalon</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>Étalon</translation>
    </message>
    <message>
        <source>The true type</source>
        <translation>Le vrai type</translation>
    </message>
    <message>
        <source>True</source>
        <translation>Vrai</translation>
    </message>
    <message>
        <source>The spectral class it was most often taken for</source>
        <translation>La classe spectrale pour laquelle elle a été le plus souvent prise</translation>
    </message>
    <message>
        <source>SC</source>
        <translation>CS</translation>
    </message>
    <message>
        <source>The luminosity class it was most often taken for</source>
        <translation>La classe de luminosité pour laquelle elle a été le plus souvent prise</translation>
    </message>
    <message>
        <source>LC</source>
        <translation>CL</translation>
    </message>
    <message>
        <source>Spectral classes between the true and the predicted one; + is cooler</source>
        <translation>Classes spectrales entre la vraie et la prédite&#x202f;; +&#x202f;: plus froide</translation>
    </message>
    <message>
        <source>SC off</source>
        <translation>Écart</translation>
    </message>
    <message>
        <source>How many of the variations of this star were misclassified</source>
        <translation>Combien de variations de cette étoile ont été mal classées</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>Faux</translation>
    </message>
    <message>
        <source>Mean probability of the predicted spectral class</source>
        <translation>Probabilité moyenne de la classe spectrale prédite</translation>
    </message>
    <message>
        <source>p(SC)</source>
        <translation>p(CS)</translation>
    </message>
    <message>
        <source>Mean probability of the predicted luminosity class</source>
        <translation>Probabilité moyenne de la classe de luminosité prédite</translation>
    </message>
    <message>
        <source>p(LC)</source>
        <translation>p(CL)</translation>
    </message>
    <message>
        <source>True type</source>
        <translation>Vrai type</translation>
    </message>
    <message>
        <source>Predicted SC</source>
        <translation>CS prédite</translation>
    </message>
    <message>
        <source>Predicted LC</source>
        <translation>CL prédite</translation>
    </message>
    <message>
        <source>SC classes off</source>
        <translation>Écart en classes CS</translation>
    </message>
    <message>
        <source>Wrong samples</source>
        <translation>Échantillons faux</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Échantillons</translation>
    </message>
    <message>
        <source>Mean probability SC</source>
        <translation>Probabilité moyenne CS</translation>
    </message>
    <message>
        <source>Mean probability LC</source>
        <translation>Probabilité moyenne CL</translation>
    </message>
</context>
<context>
    <name>maury::ui::MistakesPanel</name>
    <message>
        <source>Lists of stars</source>
        <translation>Listes d’étoiles</translation>
    </message>
    <message>
        <source>Stars of the &amp;cell</source>
        <translation>Étoiles de la &amp;case</translation>
    </message>
    <message>
        <source>M&amp;isclassified stars</source>
        <translation>Étoiles ma&amp;l classées</translation>
    </message>
    <message>
        <source>Stars of the chosen cell</source>
        <translation>Étoiles de la case choisie</translation>
    </message>
    <message>
        <source>Misclassified stars</source>
        <translation>Étoiles mal classées</translation>
    </message>
    <message>
        <source>either class</source>
        <translation>l’une ou l’autre</translation>
    </message>
    <message>
        <source>spectral class</source>
        <translation>classe spectrale</translation>
    </message>
    <message>
        <source>luminosity class</source>
        <translation>classe de luminosité</translation>
    </message>
    <message>
        <source>Wrong in which class</source>
        <translation>Quelle classe est fausse</translation>
    </message>
    <message>
        <source>List the stars that are wrong in this class</source>
        <translation>Montrer les étoiles dont cette classe est fausse</translation>
    </message>
    <message>
        <source>≥ </source>
        <translation>≥ </translation>
    </message>
    <message>
        <source>Wrong by at least so many classes</source>
        <translation>Fausse d’au moins tant de classes</translation>
    </message>
    <message>
        <source>List the stars that are wrong by at least so many classes</source>
        <translation>Montrer les étoiles fausses d’au moins tant de classes</translation>
    </message>
    <message>
        <source>CSV…</source>
        <translation>CSV…</translation>
    </message>
    <message>
        <source>Save the list as CSV</source>
        <translation>Enregistrer la liste en CSV</translation>
    </message>
    <message>
        <source>Write the misclassified stars as comma-separated values</source>
        <translation>Écrire les étoiles mal classées en valeurs séparées par des virgules</translation>
    </message>
    <message>
        <source>Wrong in</source>
        <translation>Erreur&#x202f;:</translation>
    </message>
    <message>
        <source>by</source>
        <translation>de</translation>
    </message>
    <message>
        <source>classes</source>
        <translation>classes</translation>
    </message>
    <message numerus="yes">
        <source>%n stars</source>
        <translation>
            <numerusform>%n étoile</numerusform>
            <numerusform>%n étoiles</numerusform>
        </translation>
    </message>
    <message>
        <source>Filter by name or type</source>
        <translation>Filtrer par nom ou type</translation>
    </message>
    <message>
        <source>Filter the lists by name or type</source>
        <translation>Filtrer les listes par nom ou type</translation>
    </message>
</context>
<context>
    <name>maury::ui::NearestModel</name>
    <message>
        <source>Standard</source>
        <translation>Étalon</translation>
    </message>
    <message>
        <source>χ² per pixel</source>
        <translation>χ² par pixel</translation>
    </message>
</context>
<context>
    <name>maury::ui::NetworkDiagram</name>
    <message>
        <source>Layers of the network</source>
        <translation>Couches du réseau</translation>
    </message>
    <message>
        <source>Click a layer, or choose it with the arrow keys, to see its numbers</source>
        <translation>Cliquez sur une couche, ou choisissez-la avec les flèches, pour voir ses nombres</translation>
    </message>
    <message>
        <source>%1 is chosen</source>
        <translation>choix&#x202f;: %1</translation>
    </message>
    <message>
        <source>spectrum %1</source>
        <translation>spectre %1</translation>
    </message>
    <message>
        <source>hidden %1: %2</source>
        <translation>cachée %1&#x202f;: %2</translation>
    </message>
    <message>
        <source>SC %1</source>
        <translation>CS %1</translation>
    </message>
    <message>
        <source>LC %1</source>
        <translation>CL %1</translation>
    </message>
</context>
<context>
    <name>maury::ui::NetworkLens</name>
    <message>
        <source>Inside of the network</source>
        <translation>Intérieur du réseau</translation>
    </message>
    <message>
        <source>No network to look into</source>
        <translation>Pas de réseau à explorer</translation>
    </message>
    <message>
        <source>Train a network or open a model: its layers, weights and activations are shown here, and what each unit of the first layer looks for in a spectrum.</source>
        <translation>Entraînez un réseau ou ouvrez un modèle&#x202f;: ses couches, poids et activations sont montrés ici, ainsi que ce que chaque neurone de la première couche cherche dans un spectre.</translation>
    </message>
    <message>
        <source>Start training</source>
        <translation>Démarrer l’entraînement</translation>
    </message>
    <message>
        <source>Numbers of the chosen layer</source>
        <translation>Nombres de la couche choisie</translation>
    </message>
    <message>
        <source>&amp;Logarithmic heights</source>
        <translation>Hauteurs lo&amp;garithmiques</translation>
    </message>
    <message>
        <source>Show the few numbers of the tails beside the many in the middle</source>
        <translation>Montrer les quelques nombres des ailes à côté des nombreux du milieu</translation>
    </message>
    <message>
        <source>Network of %1</source>
        <translation>Réseau&#x202f;: %1</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt;, %2 → %3</source>
        <translation>&lt;b&gt;%1&lt;/b&gt;, %2 → %3</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Poids</translation>
    </message>
    <message>
        <source>Gradient of the loss</source>
        <translation>Gradient de la perte</translation>
    </message>
    <message>
        <source>Sums before activation</source>
        <translation>Sommes avant activation</translation>
    </message>
    <message>
        <source>Probabilities</source>
        <translation>Probabilités</translation>
    </message>
    <message>
        <source>Outputs</source>
        <translation>Sorties</translation>
    </message>
    <message>
        <source>unit %1, change since the start</source>
        <translation>neurone %1, changement depuis le départ</translation>
    </message>
    <message>
        <source>unit %1, weights</source>
        <translation>neurone %1, poids</translation>
    </message>
    <message>
        <source>Influence: %1 of %2. By the weights of its paths to the classes it %3</source>
        <translation>Influence&#x202f;: %1 sur %2. Par les poids de ses chemins vers les classes, il %3</translation>
    </message>
    <message>
        <source>now</source>
        <translation>maintenant</translation>
    </message>
    <message>
        <source>at the start</source>
        <translation>au départ</translation>
    </message>
    <message>
        <source>mean of the standards</source>
        <translation>moyenne des étalons</translation>
    </message>
    <message>
        <source>Over &amp;epochs</source>
        <translation>Au fil des épo&amp;ques</translation>
    </message>
    <message>
        <source>Show how the numbers spread from epoch to epoch of the run, as far as it was looked at</source>
        <translation>Montrer comment les nombres se répartissent d’époque en époque, pour autant qu’on a regardé l’entraînement</translation>
    </message>
    <message>
        <source>median, half, 90 %, all</source>
        <translation>médiane, moitié, 90 %, tous</translation>
    </message>
</context>
<context>
    <name>maury::ui::NetworkSource</name>
    <message>
        <source>this run, epochs done: %1</source>
        <translation>entraîné ici, époques faites&#x202f;: %1</translation>
    </message>
</context>
<context>
    <name>maury::ui::NetworkTab</name>
    <message>
        <source>As text</source>
        <translation>En toutes lettres</translation>
    </message>
    <message>
        <source>Widths of the hidden layers from the spectrum to the heads: 768, 256, 64</source>
        <translation>Largeurs des couches cachées, du spectre aux têtes&#x202f;: 768, 256, 64</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>Activation</translation>
    </message>
    <message>
        <source>What a neuron makes of its input</source>
        <translation>Ce qu’un neurone fait de son entrée</translation>
    </message>
    <message>
        <source>First weights</source>
        <translation>Poids initiaux</translation>
    </message>
    <message>
        <source>The distribution from which the weights are drawn before the first batch</source>
        <translation>La loi dont les poids sont tirés avant le premier lot</translation>
    </message>
    <message>
        <source>GELU (tanh form, the paper&apos;s)</source>
        <translation>GELU (forme tanh, article)</translation>
    </message>
    <message>
        <source>GELU (exact)</source>
        <translation>GELU (exacte)</translation>
    </message>
    <message>
        <source>ReLU</source>
        <translation>ReLU</translation>
    </message>
    <message>
        <source>N(0, 0.1²), the paper&apos;s</source>
        <translation>N(0&#x202f;; 0,1²), article</translation>
    </message>
    <message>
        <source>He: N(0, 2 / inputs)</source>
        <translation>He&#x202f;: N(0&#x202f;; 2 / entrées)</translation>
    </message>
    <message>
        <source>These settings cannot run: write the widths of the hidden layers with commas between them, like 768, 256, 64.</source>
        <translation>Ces réglages ne peuvent pas servir&#x202f;: écrivez les largeurs des couches cachées séparées par des virgules, comme 768, 256, 64.</translation>
    </message>
    <message>
        <source>The operations of this run at the speed that the last run on %1 reached: %2 billion a second.</source>
        <translation>Les opérations de cet entraînement à la vitesse atteinte par le dernier entraînement sur %1&#x202f;: %2 milliards par seconde.</translation>
    </message>
    <message>
        <source>No run on %1 has been timed yet: its speed is taken to be %2 billion operations a second. The first epoch of a run replaces this guess.</source>
        <translation>Aucun entraînement sur %1 n’a encore été chronométré&#x202f;: sa vitesse est supposée de %2 milliards d’opérations par seconde. La première époque d’un entraînement remplace cette supposition.</translation>
    </message>
    <message>
        <source>%1 standards to train on and %2 to test with.</source>
        <translation>%1 étalons d’apprentissage et %2 de test.</translation>
    </message>
    <message>
        <source>This atlas is not open yet: the paper&apos;s %1 standards to train on and %2 to test with are assumed.</source>
        <translation>Cet atlas n’est pas encore ouvert&#x202f;: on suppose les %1 étalons d’apprentissage et les %2 de test de l’article.</translation>
    </message>
    <message>
        <source>%1 weights and biases; the run takes about %2 at the speed of the last one</source>
        <translation>%1 poids et biais&#x202f;; l’entraînement prend environ %2 à la vitesse du dernier</translation>
    </message>
    <message>
        <source>%1 weights and biases; the run takes about %2: a rough guess</source>
        <translation>%1 poids et biais&#x202f;; l’entraînement prend environ %2&#x202f;: estimation grossière</translation>
    </message>
</context>
<context>
    <name>maury::ui::NetworkText</name>
    <message>
        <source>, %1 not finite</source>
        <translation>, %1 non finis</translation>
    </message>
    <message>
        <source>n/a</source>
        <translation>n.&#x202f;d.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucune</translation>
    </message>
    <message>
        <source>raises %1, lowers %2</source>
        <translation>favorise %1, défavorise %2</translation>
    </message>
    <message>
        <source>Hidden layer %1</source>
        <translation>Couche cachée %1</translation>
    </message>
    <message>
        <source>Spectral class</source>
        <translation>Classe spectrale</translation>
    </message>
    <message>
        <source>Luminosity class</source>
        <translation>Classe de luminosité</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Paramètres</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Poids</translation>
    </message>
    <message>
        <source>at the start</source>
        <translation>au départ</translation>
    </message>
    <message>
        <source>Biases</source>
        <translation>Biais</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>Gradient</translation>
    </message>
    <message>
        <source>Sums</source>
        <translation>Sommes</translation>
    </message>
    <message>
        <source>Outputs</source>
        <translation>Sorties</translation>
    </message>
    <message>
        <source>Silent units</source>
        <translation>Neurones muets</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 sur %2</translation>
    </message>
    <message>
        <source>%1; luminosity: %2</source>
        <translation>%1&#x202f;; luminosité&#x202f;: %2</translation>
    </message>
</context>
<context>
    <name>maury::ui::NoticeBar</name>
    <message>
        <source>Close this message</source>
        <translation>Fermer ce message</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Erreur</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Avertissement</translation>
    </message>
</context>
<context>
    <name>maury::ui::NumberText</name>
    <message>
        <source>n/a</source>
        <translation>n.&#x202f;d.</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
</context>
<context>
    <name>maury::ui::ParameterRow</name>
    <message>
        <source>Reset %1</source>
        <translation>Rétablir&#x202f;: %1</translation>
    </message>
    <message>
        <source>Back to the paper&apos;s value: %1</source>
        <translation>Revenir à la valeur de l’article&#x202f;: %1</translation>
    </message>
    <message>
        <source>Back to the usual value: %1</source>
        <translation>Revenir à la valeur usuelle&#x202f;: %1</translation>
    </message>
</context>
<context>
    <name>maury::ui::PlatePanel</name>
    <message>
        <source>Negative</source>
        <translation>Négatif</translation>
    </message>
    <message>
        <source>Light lines on dark, as on the plate itself</source>
        <translation>Raies claires sur fond sombre, comme sur la plaque</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Couleur</translation>
    </message>
    <message>
        <source>Each wavelength in its colour</source>
        <translation>Chaque longueur d’onde dans sa couleur</translation>
    </message>
    <message>
        <source>67 Å/mm</source>
        <translation>67 Å/mm</translation>
    </message>
    <message>
        <source>The scale of a photographic plate, else that of the plot</source>
        <translation>L’échelle d’une plaque photographique, sinon celle du tracé</translation>
    </message>
</context>
<context>
    <name>maury::ui::PlateView</name>
    <message>
        <source>Spectra as on a photographic plate</source>
        <translation>Spectres comme sur une plaque photographique</translation>
    </message>
    <message>
        <source>Wavelength (Å)</source>
        <translation>Longueur d’onde (Å)</translation>
    </message>
</context>
<context>
    <name>maury::ui::PlotActions</name>
    <message>
        <source>&amp;Export figure…</source>
        <translation>&amp;Exporter la figure…</translation>
    </message>
    <message>
        <source>Write this figure as PDF, SVG or PNG on white paper</source>
        <translation>Écrire cette figure en PDF, SVG ou PNG sur fond blanc</translation>
    </message>
    <message>
        <source>Show as &amp;table</source>
        <translation>Montrer en &amp;tableau</translation>
    </message>
    <message>
        <source>Show the numbers of this figure in a table</source>
        <translation>Montrer les nombres de cette figure dans un tableau</translation>
    </message>
    <message>
        <source>Reset &amp;zoom</source>
        <translation>Rétablir le &amp;zoom</translation>
    </message>
    <message>
        <source>Show everything again</source>
        <translation>Tout montrer de nouveau</translation>
    </message>
    <message>
        <source>Export figure</source>
        <translation>Exporter la figure</translation>
    </message>
    <message>
        <source>%1 figures (*.%2)</source>
        <translation>Figures %1 (*.%2)</translation>
    </message>
    <message>
        <source>The figure was written to %1</source>
        <translation>La figure a été écrite dans %1</translation>
    </message>
    <message>
        <source>This figure shows no numbers yet</source>
        <translation>Cette figure ne montre pas encore de nombres</translation>
    </message>
    <message>
        <source>%1 – table</source>
        <translation>%1 – tableau</translation>
    </message>
    <message>
        <source>The table was written to %1</source>
        <translation>Le tableau a été écrit dans %1</translation>
    </message>
    <message>
        <source>&amp;Save table…</source>
        <translation>&amp;Enregistrer la table…</translation>
    </message>
    <message>
        <source>Write the numbers of this figure as CSV, ECSV or FITS</source>
        <translation>Écrire les nombres de cette figure en CSV, ECSV ou FITS</translation>
    </message>
    <message>
        <source>Save table</source>
        <translation>Enregistrer la table</translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv)</source>
        <translation>Valeurs séparées par des virgules (*.csv)</translation>
    </message>
    <message>
        <source>Enhanced CSV (*.ecsv)</source>
        <translation>CSV enrichi (*.ecsv)</translation>
    </message>
    <message>
        <source>FITS tables (*.fits)</source>
        <translation>Tables FITS (*.fits)</translation>
    </message>
</context>
<context>
    <name>maury::ui::PreparationPanel</name>
    <message>
        <source>As the file says</source>
        <translation>Selon le fichier</translation>
    </message>
    <message>
        <source>Air</source>
        <translation>Air</translation>
    </message>
    <message>
        <source>Vacuum</source>
        <translation>Vide</translation>
    </message>
    <message>
        <source>Wavelengths in</source>
        <translation>Milieu</translation>
    </message>
    <message>
        <source>What the wavelengths of this file are in, when the file is wrong or does not say</source>
        <translation>Le milieu des longueurs d’onde de ce fichier, s’il se trompe ou ne le dit pas</translation>
    </message>
    <message>
        <source>Rest</source>
        <translation>Au repos</translation>
    </message>
    <message>
        <source>Barycentric</source>
        <translation>Barycentrique</translation>
    </message>
    <message>
        <source>Heliocentric</source>
        <translation>Héliocentrique</translation>
    </message>
    <message>
        <source>Topocentric</source>
        <translation>Topocentrique</translation>
    </message>
    <message>
        <source>Velocity frame</source>
        <translation>Référentiel</translation>
    </message>
    <message>
        <source>What the velocities in this file refer to: at rest no velocity is looked for</source>
        <translation>À quoi se rapportent les vitesses de ce fichier : au repos, aucune vitesse n’est cherchée</translation>
    </message>
    <message>
        <source>Keep for the next star</source>
        <translation>Garder pour la suivante</translation>
    </message>
    <message>
        <source>Prepare the next star in the same way</source>
        <translation>Préparer l’étoile suivante de la même façon</translation>
    </message>
    <message>
        <source>Remove this velocity, do not look for one</source>
        <translation>Retirer cette vitesse sans en chercher</translation>
    </message>
    <message>
        <source>Use a velocity that is known from elsewhere</source>
        <translation>Utiliser une vitesse connue par ailleurs</translation>
    </message>
    <message>
        <source>Velocity</source>
        <translation>Vitesse</translation>
    </message>
    <message>
        <source>km/s</source>
        <translation>km/s</translation>
    </message>
    <message>
        <source>Positive when the star recedes</source>
        <translation>Positive quand l’étoile s’éloigne</translation>
    </message>
    <message>
        <source>Look within ±</source>
        <translation>Chercher à ±</translation>
    </message>
    <message>
        <source>Largest velocity that is looked for</source>
        <translation>La plus grande vitesse cherchée</translation>
    </message>
    <message>
        <source>What was done to this star</source>
        <translation>Ce qui a été fait à cette étoile</translation>
    </message>
    <message>
        <source>What is done to this star will stand here</source>
        <translation>Ce qui est fait à cette étoile apparaîtra ici</translation>
    </message>
    <message>
        <source>Save steps…</source>
        <translation>Enregistrer…</translation>
    </message>
    <message>
        <source>Write these steps to a file, to use them on other stars</source>
        <translation>Écrire ces étapes dans un fichier, pour d’autres étoiles</translation>
    </message>
    <message>
        <source>Use steps…</source>
        <translation>Utiliser…</translation>
    </message>
    <message>
        <source>Do to this star exactly what a saved file says</source>
        <translation>Faire à cette étoile exactement ce que dit un fichier enregistré</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatique</translation>
    </message>
    <message>
        <source>Back to what the program finds by itself</source>
        <translation>Revenir à ce que le programme trouve seul</translation>
    </message>
    <message>
        <source>Recipes (*.json)</source>
        <translation>Recettes (*.json)</translation>
    </message>
    <message>
        <source>Save steps</source>
        <translation>Enregistrer les étapes</translation>
    </message>
    <message>
        <source>Use steps</source>
        <translation>Utiliser des étapes</translation>
    </message>
    <message>
        <source>The steps were written to %1</source>
        <translation>Les étapes ont été écrites dans %1</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <translation>%1. %2</translation>
    </message>
    <message>
        <source>Saved steps are used: Automatic ends that</source>
        <translation>Des étapes enregistrées servent : Automatique y met fin</translation>
    </message>
    <message>
        <source>A velocity is looked for</source>
        <translation>Une vitesse est cherchée</translation>
    </message>
    <message>
        <source>The velocity is given</source>
        <translation>La vitesse est donnée</translation>
    </message>
</context>
<context>
    <name>maury::ui::PresetMenu</name>
    <message>
        <source>Preset %1</source>
        <translation>Préréglage %1</translation>
    </message>
    <message>
        <source>All settings are those of %1</source>
        <translation>Tous les réglages sont ceux de %1</translation>
    </message>
    <message>
        <source>Not found beside the atlas: %1. Choose its folder under Data set, or the run uses what stands there</source>
        <translation>Introuvable à côté de l’atlas : %1. Choisissez son dossier sous Données, sinon l’entraînement utilise ce qui s’y trouve</translation>
    </message>
    <message>
        <source>hidden layers</source>
        <translation>couches cachées</translation>
    </message>
    <message>
        <source>Set everything as in an experiment of the paper, a lesson, or for real stars</source>
        <translation>Tout régler comme dans une expérience de l’article, pour une leçon, ou pour de vraies étoiles</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Préréglages</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Préréglage</translation>
    </message>
    <message>
        <source>Preset, changed: %1</source>
        <translation>Préréglage, modifié : %1</translation>
    </message>
    <message>
        <source>%1, but changed: %2</source>
        <translation>%1, mais modifié : %2</translation>
    </message>
</context>
<context>
    <name>maury::ui::RecipeText</name>
    <message>
        <source>Wavelengths to air, as each part of the file says</source>
        <translation>Longueurs d’onde ramenées à l’air, selon chaque partie du fichier</translation>
    </message>
    <message>
        <source>Wavelengths are in air</source>
        <translation>Longueurs d’onde dans l’air</translation>
    </message>
    <message>
        <source>Wavelengths from vacuum to air</source>
        <translation>Longueurs d’onde ramenées du vide à l’air</translation>
    </message>
    <message>
        <source>Wavelengths taken as air: the file does not say</source>
        <translation>Longueurs d’onde supposées dans l’air : le fichier ne le dit pas</translation>
    </message>
    <message>
        <source>Velocity of %1 km/s removed</source>
        <translation>Vitesse de %1 km/s retirée</translation>
    </message>
    <message>
        <source>Resampled to %1–%2 Å in steps of %3 Å</source>
        <translation>Rééchantillonné à %1–%2 Å par pas de %3 Å</translation>
    </message>
    <message>
        <source>Ramps at missing ends left out</source>
        <translation>Rampes aux extrémités manquantes écartées</translation>
    </message>
    <message>
        <source>Divided by an upper envelope (percentile %1, points every %2 Å, degree %3)</source>
        <translation>Divisé par une enveloppe supérieure (centile %1, points tous les %2 Å, degré %3)</translation>
    </message>
    <message>
        <source>Divided by %1</source>
        <translation>Divisé par %1</translation>
    </message>
    <message>
        <source>Missing pixels filled with the nearest good value</source>
        <translation>Pixels manquants remplis par la bonne valeur la plus proche</translation>
    </message>
    <message>
        <source>%1 km/s</source>
        <translation>%1 km/s</translation>
    </message>
    <message>
        <source>%1 Å</source>
        <translation>%1 Å</translation>
    </message>
    <message>
        <source>Divided by a Gaussian mean of σ = %1</source>
        <translation>Divisé par une moyenne gaussienne de σ = %1</translation>
    </message>
    <message>
        <source>Divided by a polynomial of degree %1, clipped at -%2 and +%3 σ</source>
        <translation>Divisé par un polynôme de degré %1, écrêté à -%2 et +%3 σ</translation>
    </message>
    <message>
        <source>Divided by a Chebyshev polynomial of degree %1, clipped at -%2 and +%3 σ</source>
        <translation>Divisé par un polynôme de Tchebychev de degré %1, écrêté à -%2 et +%3 σ</translation>
    </message>
    <message>
        <source>Divided by a running median over %1</source>
        <translation>Divisé par une médiane glissante sur %1</translation>
    </message>
    <message>
        <source>Divided by the running percentile %1 over %2</source>
        <translation>Divisé par le centile glissant %1 sur %2</translation>
    </message>
    <message>
        <source>Wavelengths brought to air</source>
        <translation>Longueurs d’onde ramenées à l’air</translation>
    </message>
    <message>
        <source>Wavelengths brought to vacuum</source>
        <translation>Longueurs d’onde ramenées au vide</translation>
    </message>
    <message>
        <source>Wavelengths brought to the star&apos;s rest frame</source>
        <translation>Longueurs d’onde ramenées au repos de l’étoile</translation>
    </message>
    <message>
        <source>Wavelengths brought to the observatory&apos;s frame</source>
        <translation>Longueurs d’onde ramenées à l’observatoire</translation>
    </message>
    <message>
        <source>Wavelengths brought to the barycentre</source>
        <translation>Longueurs d’onde ramenées au barycentre</translation>
    </message>
    <message>
        <source>Cosmic rays marked above %1 σ</source>
        <translation>Rayons cosmiques marqués au-dessus de %1 σ</translation>
    </message>
    <message>
        <source>Telluric bands marked</source>
        <translation>Bandes telluriques marquées</translation>
    </message>
    <message>
        <source>Resampled to the grid %1 (%2–%3 Å)</source>
        <translation>Rééchantillonné sur la grille %1 (%2–%3 Å)</translation>
    </message>
</context>
<context>
    <name>maury::ui::ReconstructionPanel</name>
    <message>
        <source>Brush</source>
        <translation>Pinceau</translation>
    </message>
    <message>
        <source>Drag over the spectrum to hide a range from the model, which then repairs it; up: dragging moves the axes</source>
        <translation>Glisser sur le spectre pour en cacher une partie au modèle, qui la répare&#x202f;; relevé, glisser déplace les axes</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Tout montrer</translation>
    </message>
    <message>
        <source>Hide nothing of this star any more</source>
        <translation>Ne plus rien cacher de cette étoile</translation>
    </message>
    <message>
        <source>Components</source>
        <translation>Composantes</translation>
    </message>
    <message>
        <source>n/a</source>
        <translation>n. d.</translation>
    </message>
    <message>
        <source>χ²/dof %1, components %2</source>
        <translation>χ²/ddl %1, composantes %2</translation>
    </message>
    <message>
        <source>χ²/dof %1</source>
        <translation>χ²/ddl %1</translation>
    </message>
    <message>
        <source>%1 hidden pixels, error %2, components %3, noise %4</source>
        <translation>%1 pixels cachés, erreur %2, composantes %3, bruit %4</translation>
    </message>
    <message>
        <source>%1 hidden pixels, error %2, noise %3</source>
        <translation>%1 pixels cachés, erreur %2, bruit %3</translation>
    </message>
    <message>
        <source>Hidden ranges</source>
        <translation>Parties cachées</translation>
    </message>
    <message>
        <source>a standard without noise</source>
        <translation>un étalon sans bruit</translation>
    </message>
    <message>
        <source>Draw what as many principal components make of the star</source>
        <translation>Tracer ce qu’autant de composantes principales font de l’étoile</translation>
    </message>
</context>
<context>
    <name>maury::ui::ReconstructionPlot</name>
    <message>
        <source>Star, reconstruction and residual</source>
        <translation>Étoile, reconstruction et résidu</translation>
    </message>
    <message>
        <source>Wavelength (Å)</source>
        <translation>Longueur d’onde (Å)</translation>
    </message>
    <message>
        <source>Rectified flux</source>
        <translation>Flux rectifié</translation>
    </message>
    <message>
        <source>Residual (σ)</source>
        <translation>Résidu (σ)</translation>
    </message>
    <message>
        <source>%1: rectified flux</source>
        <translation>%1&#x202f;: flux rectifié</translation>
    </message>
    <message>
        <source>Hidden from the model (1 = yes)</source>
        <translation>Caché au modèle (1 = oui)</translation>
    </message>
    <message>
        <source>Reconstruction</source>
        <translation>Reconstruction</translation>
    </message>
    <message>
        <source>68 % band, lower</source>
        <translation>Bande à 68 %, bas</translation>
    </message>
    <message>
        <source>68 % band, upper</source>
        <translation>Bande à 68 %, haut</translation>
    </message>
    <message>
        <source>95 % band, lower</source>
        <translation>Bande à 95 %, bas</translation>
    </message>
    <message>
        <source>95 % band, upper</source>
        <translation>Bande à 95 %, haut</translation>
    </message>
    <message>
        <source>Principal components</source>
        <translation>Composantes principales</translation>
    </message>
    <message>
        <source>reconstruction, 68 and 95 % bands</source>
        <translation>reconstruction, bandes à 68 et 95 %</translation>
    </message>
    <message>
        <source>principal components</source>
        <translation>composantes principales</translation>
    </message>
    <message>
        <source>%1: star %2, model %3, residual %4 σ</source>
        <translation>%1&#x202f;: étoile %2, modèle %3, résidu %4 σ</translation>
    </message>
    <message>
        <source>Å</source>
        <translation>Å</translation>
    </message>
</context>
<context>
    <name>maury::ui::ReconstructionTrace</name>
    <message>
        <source>Line</source>
        <translation>Raie</translation>
    </message>
    <message>
        <source>Wavelength (Å)</source>
        <translation>Longueur d’onde (Å)</translation>
    </message>
    <message>
        <source>Largest (σ)</source>
        <translation>Plus grand (σ)</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>Profondeur</translation>
    </message>
    <message>
        <source>Width (Å)</source>
        <translation>Largeur (Å)</translation>
    </message>
    <message>
        <source>Error, rms</source>
        <translation>Erreur, rms</translation>
    </message>
    <message>
        <source>Δ depth</source>
        <translation>Δ profondeur</translation>
    </message>
    <message>
        <source>Δ width (Å)</source>
        <translation>Δ largeur (Å)</translation>
    </message>
    <message>
        <source>Offset (px)</source>
        <translation>Décalage (px)</translation>
    </message>
    <message>
        <source>Model&apos;s (px)</source>
        <translation>Du modèle (px)</translation>
    </message>
</context>
<context>
    <name>maury::ui::ReliabilityPlot</name>
    <message>
        <source>Part that is right against probability</source>
        <translation>Part juste en fonction de la probabilité</translation>
    </message>
    <message>
        <source>Probability of the answer, mean (%)</source>
        <translation>Probabilité de la réponse, moyenne (%)</translation>
    </message>
    <message>
        <source>Right (%)</source>
        <translation>Justes (%)</translation>
    </message>
    <message>
        <source>as they should be</source>
        <translation>ce qui devrait être</translation>
    </message>
    <message>
        <source>spectral class</source>
        <translation>classe spectrale</translation>
    </message>
    <message>
        <source>luminosity class</source>
        <translation>classe de luminosité</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>Tête</translation>
    </message>
    <message>
        <source>Probability from</source>
        <translation>Probabilité de</translation>
    </message>
    <message>
        <source>Probability to</source>
        <translation>Probabilité à</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Réponses</translation>
    </message>
    <message>
        <source>Mean probability</source>
        <translation>Probabilité moyenne</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Justes</translation>
    </message>
    <message>
        <source>%1: of %2 answers with %3 % on average %4 % were right</source>
        <translation>%1&#x202f;: sur %2 réponses de %3&#x202f;% en moyenne, %4&#x202f;% étaient justes</translation>
    </message>
</context>
<context>
    <name>maury::ui::ResourceOpener</name>
    <message>
        <source>Opening the atlas</source>
        <translation>Ouverture de l’atlas</translation>
    </message>
    <message>
        <source>shipped model</source>
        <translation>modèle fourni</translation>
    </message>
</context>
<context>
    <name>maury::ui::RobustParameters</name>
    <message>
        <source>Learning rate</source>
        <translation>Taux d’apprentissage</translation>
    </message>
    <message>
        <source>AdamW&apos;s, before warm-up and cosine; may change in mid-run</source>
        <translation>Celui d’AdamW, avant montée et cosinus&#x202f;; peut changer en cours de route</translation>
    </message>
    <message>
        <source>SC weight</source>
        <translation>Poids CS</translation>
    </message>
    <message>
        <source>Weight of the temperature head in the loss; may change in mid-run</source>
        <translation>Poids de la tête de température dans la perte&#x202f;; peut changer en cours de route</translation>
    </message>
    <message>
        <source>LC weight</source>
        <translation>Poids CL</translation>
    </message>
    <message>
        <source>Weight of the luminosity head in the loss; may change in mid-run</source>
        <translation>Poids de la tête de luminosité dans la perte&#x202f;; peut changer en cours de route</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>Extinction</translation>
    </message>
    <message>
        <source>Share of the hidden units that are silent in a step; may change in mid-run</source>
        <translation>Part des unités cachées muettes pendant un pas (dropout)&#x202f;; peut changer en cours de route</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>Décroissance</translation>
    </message>
    <message>
        <source>How much the weights shrink in each step, times the learning rate; may change in mid-run</source>
        <translation>De combien les poids rétrécissent à chaque pas, fois le taux d’apprentissage&#x202f;; peut changer en cours de route</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Pas</translation>
    </message>
    <message>
        <source>Batches of fresh variations for each member; many more are worse: the network begins to know the standards by heart</source>
        <translation>Lots de variations nouvelles pour chaque membre&#x202f;; beaucoup plus fait moins bien&#x202f;: le réseau se met à savoir les étalons par cœur</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Membres</translation>
    </message>
    <message>
        <source>Networks whose answers are averaged</source>
        <translation>Réseaux dont les réponses sont moyennées</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>Taille des lots</translation>
    </message>
    <message>
        <source>Variations in one step of the optimiser</source>
        <translation>Variations d’un pas de l’optimiseur</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>Montée</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>pas</translation>
    </message>
    <message>
        <source>Steps over which the learning rate rises</source>
        <translation>Pas pendant lesquels le taux d’apprentissage monte</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>Inertie</translation>
    </message>
    <message>
        <source>Part of the step before that is kept: β₁</source>
        <translation>Part du pas précédent qui est gardée&#x202f;: β₁</translation>
    </message>
    <message>
        <source>AdamW β₂</source>
        <translation>β₂ d’AdamW</translation>
    </message>
    <message>
        <source>How long AdamW remembers the size of the gradients</source>
        <translation>Combien de temps AdamW se souvient de la taille des gradients</translation>
    </message>
    <message>
        <source>Worst resolution</source>
        <translation>Pire résolution</translation>
    </message>
    <message>
        <source>Å</source>
        <translation>Å</translation>
    </message>
    <message>
        <source>Velocity σ</source>
        <translation>σ des vitesses</translation>
    </message>
    <message>
        <source>km/s</source>
        <translation>km/s</translation>
    </message>
    <message>
        <source>Radial velocities of the variations</source>
        <translation>Vitesses radiales des variations</translation>
    </message>
    <message>
        <source>Rotation</source>
        <translation>Rotation</translation>
    </message>
    <message>
        <source>Share of the variations of hot stars that rotate</source>
        <translation>Part des variations d’étoiles chaudes qui tournent</translation>
    </message>
    <message>
        <source>Mixtures</source>
        <translation>Mélanges</translation>
    </message>
    <message>
        <source>Share of the variations that are mixed with a neighbouring type</source>
        <translation>Part des variations mêlées à un type voisin</translation>
    </message>
    <message>
        <source>Line depth σ</source>
        <translation>σ de profondeur</translation>
    </message>
    <message>
        <source>Of all lines alike</source>
        <translation>De toutes les raies ensemble</translation>
    </message>
    <message>
        <source>Depth shape σ</source>
        <translation>σ le long du spectre</translation>
    </message>
    <message>
        <source>Of the depth of the lines along the spectrum</source>
        <translation>De la profondeur des raies le long du spectre</translation>
    </message>
    <message>
        <source>Continuum σ</source>
        <translation>σ du continu</translation>
    </message>
    <message>
        <source>Of the shape of the continuum</source>
        <translation>De la forme du continu</translation>
    </message>
    <message>
        <source>Worst S/N</source>
        <translation>Pire S/B</translation>
    </message>
    <message>
        <source>Signal to noise of a pixel; evenly in its logarithm up to the best</source>
        <translation>Rapport signal sur bruit d’un pixel&#x202f;; uniforme en logarithme jusqu’au meilleur</translation>
    </message>
    <message>
        <source>Best S/N</source>
        <translation>Meilleur S/B</translation>
    </message>
    <message>
        <source>Signal to noise of a pixel</source>
        <translation>Rapport signal sur bruit d’un pixel</translation>
    </message>
    <message>
        <source>Test variations</source>
        <translation>Variations de test</translation>
    </message>
    <message>
        <source>Variations that no step trains on, for the curves; without stars of known type</source>
        <translation>Variations sur lesquelles rien n’est appris, pour les courbes&#x202f;; sans étoiles de type connu</translation>
    </message>
    <message>
        <source>Calibration folds</source>
        <translation>Parts d’étalonnage</translation>
    </message>
    <message>
        <source>Parts of the standards held out in turn to learn how far answers can be trusted; each takes the time of one member; 0 = none</source>
        <translation>Parts des étalons mises de côté tour à tour pour savoir à quel point se fier aux réponses&#x202f;; chacune prend le temps d’un membre&#x202f;; 0 = aucune</translation>
    </message>
    <message>
        <source>Each variation has a resolution between its library&apos;s and this</source>
        <translation>Chaque variation a une résolution entre celle de sa bibliothèque et celle-ci</translation>
    </message>
</context>
<context>
    <name>maury::ui::RobustTabs</name>
    <message>
        <source>Hidden layers</source>
        <translation>Couches cachées</translation>
    </message>
    <message>
        <source>Widths of the hidden layers from the spectrum to the heads: 512, 128</source>
        <translation>Largeurs des couches cachées, du spectre aux têtes&#x202f;: 512, 128</translation>
    </message>
    <message>
        <source>Backend</source>
        <translation>Moteur</translation>
    </message>
    <message>
        <source>Other variations</source>
        <translation>D’autres variations</translation>
    </message>
    <message>
        <source>Stars of known type…</source>
        <translation>Étoiles de type connu…</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>What the curves are of beside the training: variations that no step trains on, or stars of a table with columns file and type, beside their spectra</source>
        <translation>Ce que montrent les courbes à côté de l’apprentissage&#x202f;: des variations sur lesquelles rien n’est appris, ou les étoiles d’un tableau avec les colonnes file et type, à côté de leurs spectres</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Graine</translation>
    </message>
    <message>
        <source>The same seed gives the same variations and weights</source>
        <translation>La même graine donne les mêmes variations et les mêmes poids</translation>
    </message>
    <message>
        <source>Table of stars of known type</source>
        <translation>Tableau d’étoiles de type connu</translation>
    </message>
    <message>
        <source>Tables (*.csv);;All files (*)</source>
        <translation>Tableaux (*.csv);;Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>These settings cannot run: write the widths of the hidden layers with commas between them, like 512, 128.</source>
        <translation>Ces réglages ne peuvent pas tourner&#x202f;: écrivez les largeurs des couches cachées séparées par des virgules, comme 512, 128.</translation>
    </message>
    <message>
        <source>The run takes about %1 at the speed of the last one, calibration included; with a library that reaches 5560 Å the members take twice as long and more.</source>
        <translation>L’apprentissage prend environ&#x202f;%1 à la vitesse du précédent, étalonnage compris&#x202f;; avec une bibliothèque qui va jusqu’à 5560 Å, les membres prennent plus du double.</translation>
    </message>
    <message>
        <source>The run takes about %1, calibration included: a rough guess.</source>
        <translation>L’apprentissage prend environ&#x202f;%1, étalonnage compris&#x202f;: une estimation grossière.</translation>
    </message>
    <message>
        <source>What computes: the list says why something cannot be used; Automatic takes the processor</source>
        <translation>Ce qui calcule&#x202f;: la liste dit pourquoi un moteur est inutilisable&#x202f;; Automatique prend le processeur</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Précision</translation>
    </message>
</context>
<context>
    <name>maury::ui::RunBar</name>
    <message>
        <source>&amp;Start</source>
        <translation>&amp;Démarrer</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Pause</translation>
    </message>
    <message>
        <source>Single &amp;batch</source>
        <translation>Un seul &amp;lot</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>&amp;Arrêter</translation>
    </message>
    <message>
        <source>&amp;Resume last run</source>
        <translation>&amp;Reprendre le dernier entraînement</translation>
    </message>
    <message>
        <source>Save &amp;model…</source>
        <translation>Enregistrer le &amp;modèle…</translation>
    </message>
    <message>
        <source>Train a new network with these settings</source>
        <translation>Entraîner un nouveau réseau avec ces réglages</translation>
    </message>
    <message>
        <source>Hold the run after its batch, or let it go on</source>
        <translation>Suspendre l’entraînement après son lot, ou le laisser continuer</translation>
    </message>
    <message>
        <source>Train with one batch, then wait</source>
        <translation>Entraîner sur un seul lot, puis attendre</translation>
    </message>
    <message>
        <source>End the run; its network is kept</source>
        <translation>Mettre fin à l’entraînement&#x202f;; son réseau est gardé</translation>
    </message>
    <message>
        <source>Go on with the run that was interrupted, from its last checkpoint</source>
        <translation>Poursuivre l’entraînement interrompu depuis son dernier point de reprise</translation>
    </message>
    <message>
        <source>Write the trained network to a file</source>
        <translation>Écrire le réseau entraîné dans un fichier</translation>
    </message>
    <message>
        <source>Go &amp;on</source>
        <translation>&amp;Continuer</translation>
    </message>
    <message>
        <source>Pause the run first</source>
        <translation>Mettez d’abord l’entraînement en pause</translation>
    </message>
    <message>
        <source>Re&amp;wind, same weights</source>
        <translation>Rembo&amp;biner, mêmes poids</translation>
    </message>
    <message>
        <source>&amp;New seed</source>
        <translation>&amp;Nouvelle graine</translation>
    </message>
    <message>
        <source>&amp;Logarithmic loss</source>
        <translation>Perte lo&amp;garithmique</translation>
    </message>
    <message>
        <source>Begin the run again with the same first weights, data and order; the rates stay as they are set now</source>
        <translation>Recommencer l’entraînement avec les mêmes poids initiaux, données et ordre&#x202f;; les taux restent tels qu’ils sont réglés</translation>
    </message>
    <message>
        <source>Draw another seed and train from other first weights, data and order</source>
        <translation>Tirer une autre graine et entraîner avec d’autres poids initiaux, données et ordre</translation>
    </message>
    <message>
        <source>Rewind</source>
        <translation>Rembobiner</translation>
    </message>
    <message>
        <source>Draw the loss on a logarithmic axis</source>
        <translation>Tracer la perte sur un axe logarithmique</translation>
    </message>
    <message>
        <source>Show the whole run</source>
        <translation>Montrer tout l’entraînement</translation>
    </message>
    <message>
        <source>Show the whole run (double click in the curves)</source>
        <translation>Montrer tout l’entraînement (double-clic dans les courbes)</translation>
    </message>
    <message>
        <source>Type m&amp;y stars</source>
        <translation>Classer mes é&amp;toiles</translation>
    </message>
    <message>
        <source>Train a network that types real stars, with the robust protocol</source>
        <translation>Entraîner un réseau qui classe de vraies étoiles, avec le protocole robuste</translation>
    </message>
    <message>
        <source>Paper&apos;s protocol</source>
        <translation>Protocole de l’article</translation>
    </message>
    <message>
        <source>Robust protocol</source>
        <translation>Protocole robuste</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Protocole</translation>
    </message>
    <message>
        <source>The paper&apos;s shows that the program is right; the robust one learns from every standard as other telescopes would have shown it, and types real stars</source>
        <translation>Celui de l’article montre que le programme est juste&#x202f;; le robuste apprend chaque étalon tel que d’autres télescopes l’auraient montré, et classe de vraies étoiles</translation>
    </message>
</context>
<context>
    <name>maury::ui::RunEdits</name>
    <message>
        <source>Settings of the run</source>
        <translation>Réglages de l’entraînement</translation>
    </message>
</context>
<context>
    <name>maury::ui::RunParameters</name>
    <message>
        <source>Learning rate</source>
        <translation>Taux d’apprentissage</translation>
    </message>
    <message>
        <source>Step along the gradient for each batch; may change in mid-run</source>
        <translation>Pas le long du gradient à chaque lot&#x202f;; peut changer pendant l’entraînement</translation>
    </message>
    <message>
        <source>SC weight</source>
        <translation>Poids CS</translation>
    </message>
    <message>
        <source>Weight of the spectral class in the loss; may change in mid-run</source>
        <translation>Poids de la classe spectrale dans la perte&#x202f;; peut changer pendant l’entraînement</translation>
    </message>
    <message>
        <source>LC weight</source>
        <translation>Poids CL</translation>
    </message>
    <message>
        <source>Weight of the luminosity class in the loss; may change in mid-run</source>
        <translation>Poids de la classe de luminosité dans la perte&#x202f;; peut changer pendant l’entraînement</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>Taille des lots</translation>
    </message>
    <message>
        <source>Samples of one step of the optimiser</source>
        <translation>Échantillons pour un pas de l’optimiseur</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Époques</translation>
    </message>
    <message>
        <source>How often the whole training set is gone through</source>
        <translation>Combien de fois tout le jeu d’apprentissage est parcouru</translation>
    </message>
    <message>
        <source>Variations, training</source>
        <translation>Variations, entr.</translation>
    </message>
    <message>
        <source>Augmented copies of each training standard</source>
        <translation>Copies augmentées de chaque étalon d’apprentissage</translation>
    </message>
    <message>
        <source>Variations, test</source>
        <translation>Variations, test</translation>
    </message>
    <message>
        <source>Augmented copies of each test standard</source>
        <translation>Copies augmentées de chaque étalon de test</translation>
    </message>
    <message>
        <source>Registration σ</source>
        <translation>σ calage</translation>
    </message>
    <message>
        <source>Å</source>
        <translation>Å</translation>
    </message>
    <message>
        <source>Shift of the zero point of the wavelength scale</source>
        <translation>Décalage du zéro de l’échelle des longueurs d’onde</translation>
    </message>
    <message>
        <source>Linear term σ</source>
        <translation>σ terme linéaire</translation>
    </message>
    <message>
        <source>Stretch of the wavelength scale about its middle</source>
        <translation>Étirement de l’échelle des longueurs d’onde autour de son milieu</translation>
    </message>
    <message>
        <source>Doppler σ</source>
        <translation>σ Doppler</translation>
    </message>
    <message>
        <source>km/s</source>
        <translation>km/s</translation>
    </message>
    <message>
        <source>Velocity of the star</source>
        <translation>Vitesse radiale de l’étoile</translation>
    </message>
    <message>
        <source>Broadening σ</source>
        <translation>σ élargissement</translation>
    </message>
    <message>
        <source>px</source>
        <translation>px</translation>
    </message>
    <message>
        <source>Width of the Gaussian kernel</source>
        <translation>Largeur du noyau gaussien</translation>
    </message>
    <message>
        <source>Continuum σ₀</source>
        <translation>σ₀ continuum</translation>
    </message>
    <message>
        <source>Level of the continuum</source>
        <translation>Niveau du continuum</translation>
    </message>
    <message>
        <source>Continuum σ₁</source>
        <translation>σ₁ continuum</translation>
    </message>
    <message>
        <source>Slope of the continuum</source>
        <translation>Pente du continuum</translation>
    </message>
    <message>
        <source>Continuum σ₂</source>
        <translation>σ₂ continuum</translation>
    </message>
    <message>
        <source>Curvature of the continuum</source>
        <translation>Courbure du continuum</translation>
    </message>
    <message>
        <source>Gain</source>
        <translation>Gain</translation>
    </message>
    <message>
        <source>photons</source>
        <translation>photons</translation>
    </message>
    <message>
        <source>Photons at flux 1: 5000 means a signal-to-noise ratio of 71; 0 = no noise</source>
        <translation>Photons au flux 1&#x202f;: 5000 donne un rapport signal sur bruit de 71&#x202f;; 0 = pas de bruit</translation>
    </message>
    <message>
        <source>Plain SGD has no momentum: choose another optimiser</source>
        <translation>SGD simple n’a pas d’inertie&#x202f;: choisissez un autre optimiseur</translation>
    </message>
    <message>
        <source>Only AdamW uses it: choose that optimiser</source>
        <translation>Seul AdamW s’en sert&#x202f;: choisissez cet optimiseur</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>Inertie</translation>
    </message>
    <message>
        <source>Part of the step before that is kept; AdamW calls it β₁</source>
        <translation>Part du pas précédent qui est gardée&#x202f;; AdamW l’appelle β₁</translation>
    </message>
    <message>
        <source>AdamW β₂</source>
        <translation>β₂ d’AdamW</translation>
    </message>
    <message>
        <source>How long AdamW remembers the size of the gradients</source>
        <translation>Combien de temps AdamW se souvient de la taille des gradients</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>Décroissance</translation>
    </message>
    <message>
        <source>How much AdamW shrinks the weights in each step, times the learning rate</source>
        <translation>De combien AdamW réduit les poids à chaque pas, multiplié par le taux d’apprentissage</translation>
    </message>
    <message>
        <source>Halving period</source>
        <translation>÷ 2 toutes les</translation>
    </message>
    <message>
        <source>epochs</source>
        <translation>époques</translation>
    </message>
    <message>
        <source>The learning rate is halved every so many epochs</source>
        <translation>Le taux d’apprentissage est divisé par deux toutes les tant d’époques</translation>
    </message>
    <message>
        <source>Only the schedule of halvings uses it: choose that schedule</source>
        <translation>Seul le programme des divisions par deux s’en sert&#x202f;: choisissez ce programme</translation>
    </message>
    <message>
        <source>Cannot change while a run goes on: stop it first</source>
        <translation>Ne peut pas changer pendant un entraînement&#x202f;: arrêtez-le d’abord</translation>
    </message>
    <message>
        <source>The data set of this run is made. Runs that augment anew for every epoch can change it.</source>
        <translation>Les données de cet entraînement sont faites. Seuls les entraînements qui les augmentent de nouveau à chaque époque peuvent le changer.</translation>
    </message>
</context>
<context>
    <name>maury::ui::RunPresets</name>
    <message>
        <source>Paper: table (libr18 → libr18_27)</source>
        <translation>Article : tableau (libr18 → libr18_27)</translation>
    </message>
    <message>
        <source>Paper: Figs. 5 and 6 (libr18 → libr18_225)</source>
        <translation>Article : fig. 5 et 6 (libr18 → libr18_225)</translation>
    </message>
    <message>
        <source>Paper: ReLU in place of GELU</source>
        <translation>Article : ReLU au lieu de GELU</translation>
    </message>
    <message>
        <source>Paper: rate halved every 50 epochs</source>
        <translation>Article : taux divisé par deux toutes les 50 époques</translation>
    </message>
    <message>
        <source>Lesson: small network, built-in atlas</source>
        <translation>Leçon : petit réseau, atlas intégré</translation>
    </message>
    <message>
        <source>Real stars: robust, libr18 and libnor36</source>
        <translation>Vraies étoiles : robuste, libr18 et libnor36</translation>
    </message>
    <message>
        <source>Paper: learning rate %1</source>
        <translation>Article : taux d’apprentissage %1</translation>
    </message>
    <message>
        <source>protocol</source>
        <translation>protocole</translation>
    </message>
    <message>
        <source>libraries</source>
        <translation>bibliothèques</translation>
    </message>
    <message>
        <source>hidden layers</source>
        <translation>couches cachées</translation>
    </message>
    <message>
        <source>activation</source>
        <translation>activation</translation>
    </message>
    <message>
        <source>initial weights</source>
        <translation>poids initiaux</translation>
    </message>
    <message>
        <source>optimiser</source>
        <translation>optimiseur</translation>
    </message>
    <message>
        <source>schedule</source>
        <translation>programme</translation>
    </message>
    <message>
        <source>noise</source>
        <translation>bruit</translation>
    </message>
    <message>
        <source>edges</source>
        <translation>bords</translation>
    </message>
    <message>
        <source>variations in every epoch</source>
        <translation>variations à chaque époque</translation>
    </message>
    <message>
        <source>training atlas</source>
        <translation>atlas d’apprentissage</translation>
    </message>
    <message>
        <source>test atlas</source>
        <translation>atlas de test</translation>
    </message>
</context>
<context>
    <name>maury::ui::RunSettingsPanel</name>
    <message>
        <source>Training</source>
        <translation>Entraînement</translation>
    </message>
    <message>
        <source>Augmentation</source>
        <translation>Augmentation</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Réseau</translation>
    </message>
    <message>
        <source>Data set</source>
        <translation>Données</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Époques</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>Classes</translation>
    </message>
    <message>
        <source>Variations</source>
        <translation>Variations</translation>
    </message>
</context>
<context>
    <name>maury::ui::RunSummary</name>
    <message>
        <source>Training paused in epoch %1 of %2</source>
        <translation>Entraînement en pause à l’époque %1 sur %2</translation>
    </message>
    <message>
        <source>Training: epoch %1 of %2, %3 samples/s</source>
        <translation>Entraînement&#x202f;: époque %1 sur %2, %3 échantillons/s</translation>
    </message>
    <message>
        <source>test accuracy SC %1, LC %2</source>
        <translation>exactitude de test CS %1, CL %2</translation>
    </message>
    <message>
        <source>%1 training and %2 test samples, %3 classes on %4</source>
        <translation>%1 échantillons d’apprentissage et %2 de test, %3 classes sur %4</translation>
    </message>
    <message>
        <source>The first epoch of a run with a test set fills this table</source>
        <translation>La première époque d’un entraînement avec jeu de test remplit ce tableau</translation>
    </message>
    <message>
        <source>Test set (%1 samples) after epoch %2 of %3</source>
        <translation>Jeu de test (%1 échantillons) après l’époque %2 sur %3</translation>
    </message>
</context>
<context>
    <name>maury::ui::RunText</name>
    <message>
        <source>The test set holds other variations of the training stars: it shows that the network has learned them, not how well it types other stars.</source>
        <translation>Le jeu de test contient d’autres variations des étoiles d’apprentissage&#x202f;: il montre que le réseau les a apprises, non comment il classe d’autres étoiles.</translation>
    </message>
    <message>
        <source>The test library shows the training stars again, smoothed, as in the paper: it shows that the program is right, not how well it types other stars.</source>
        <translation>La bibliothèque de test montre de nouveau les étoiles d’apprentissage, lissées, comme dans l’article&#x202f;: elle montre que le programme est juste, non comment il classe d’autres étoiles.</translation>
    </message>
    <message>
        <source>The spectra of the test library are not those of the training stars.</source>
        <translation>Les spectres de la bibliothèque de test ne sont pas ceux des étoiles d’apprentissage.</translation>
    </message>
    <message>
        <source>the built-in atlas</source>
        <translation>l’atlas intégré</translation>
    </message>
</context>
<context>
    <name>maury::ui::RunsModel</name>
    <message>
        <source>Run</source>
        <translation>Essai</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Époques</translation>
    </message>
    <message>
        <source>Best epoch</source>
        <translation>Meilleure époque</translation>
    </message>
    <message>
        <source>Loss, test</source>
        <translation>Perte, test</translation>
    </message>
    <message>
        <source>SC acc., test</source>
        <translation>Exact. CS, test</translation>
    </message>
    <message>
        <source>LC acc., test</source>
        <translation>Exact. CL, test</translation>
    </message>
    <message>
        <source>Last rate</source>
        <translation>Dernier taux</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Lot</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Changements</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>Secondes</translation>
    </message>
    <message>
        <source>Run %1, branched at epoch %2</source>
        <translation>Essai %1, branché à l’époque %2</translation>
    </message>
    <message>
        <source>Run %1, robust</source>
        <translation>Essai %1, robuste</translation>
    </message>
    <message>
        <source>Run %1</source>
        <translation>Essai %1</translation>
    </message>
</context>
<context>
    <name>maury::ui::ScatterPlot</name>
    <message>
        <source>True class</source>
        <translation>Classe vraie</translation>
    </message>
    <message>
        <source>Predicted class</source>
        <translation>Classe prédite</translation>
    </message>
    <message>
        <source>True luminosity class</source>
        <translation>Vraie classe de luminosité</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Échantillons</translation>
    </message>
    <message>
        <source>true %1, luminosity class %2 → predicted %3: %4 samples</source>
        <translation>vraie %1, classe de luminosité %2 → prédite %3&#x202f;: %4 échantillons</translation>
    </message>
</context>
<context>
    <name>maury::ui::SpectraInspector</name>
    <message>
        <source>Notices</source>
        <translation>Remarques</translation>
    </message>
    <message>
        <source>Nothing to report about this spectrum</source>
        <translation>Rien à signaler pour ce spectre</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Comparaison</translation>
    </message>
    <message>
        <source>Variations</source>
        <translation>Variations</translation>
    </message>
    <message>
        <source>Notices (%1)</source>
        <translation>Remarques (%1)</translation>
    </message>
    <message>
        <source>Preparation</source>
        <translation>Préparation</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Indices</translation>
    </message>
    <message>
        <source>What if</source>
        <translation>Et si</translation>
    </message>
</context>
<context>
    <name>maury::ui::SpectraPage</name>
    <message>
        <source>Spectra</source>
        <translation>Spectres</translation>
    </message>
    <message>
        <source>No spectrum selected</source>
        <translation>Aucun spectre sélectionné</translation>
    </message>
    <message>
        <source>Open files or a folder, drop them on this window, or choose a spectrum in the list.</source>
        <translation>Ouvrez des fichiers ou un dossier, déposez-les sur cette fenêtre, ou choisissez un spectre dans la liste.</translation>
    </message>
    <message>
        <source>Open spectra…</source>
        <translation>Ouvrir des spectres…</translation>
    </message>
    <message>
        <source>&amp;Earlier standard</source>
        <translation>Étalon plus &amp;précoce</translation>
    </message>
    <message>
        <source>Draw the next hotter standard</source>
        <translation>Tracer l’étalon suivant, plus chaud</translation>
    </message>
    <message>
        <source>&amp;Later standard</source>
        <translation>Étalon plus &amp;tardif</translation>
    </message>
    <message>
        <source>Draw the next cooler standard</source>
        <translation>Tracer l’étalon suivant, plus froid</translation>
    </message>
    <message>
        <source>&amp;Brighter standard</source>
        <translation>Étalon plus &amp;lumineux</translation>
    </message>
    <message>
        <source>Draw the standard of the next brighter luminosity class</source>
        <translation>Tracer l’étalon de la classe de luminosité suivante, plus lumineuse</translation>
    </message>
    <message>
        <source>&amp;Fainter standard</source>
        <translation>Étalon &amp;moins lumineux</translation>
    </message>
    <message>
        <source>Draw the standard of the next fainter luminosity class</source>
        <translation>Tracer l’étalon de la classe de luminosité suivante, moins lumineuse</translation>
    </message>
    <message>
        <source>&amp;Rectify</source>
        <translation>&amp;Rectifier</translation>
    </message>
    <message>
        <source>Switch rectifying on or off for this star</source>
        <translation>Rectifier ou non le spectre de cette étoile</translation>
    </message>
    <message>
        <source>Line &amp;names</source>
        <translation>&amp;Noms des raies</translation>
    </message>
    <message>
        <source>Show or hide the names of lines</source>
        <translation>Afficher ou masquer les noms des raies</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>Zoom a&amp;vant</translation>
    </message>
    <message>
        <source>Show a shorter range of wavelengths</source>
        <translation>Montrer un intervalle de longueurs d’onde plus court</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>Zoom a&amp;rrière</translation>
    </message>
    <message>
        <source>Show a longer range of wavelengths</source>
        <translation>Montrer un intervalle de longueurs d’onde plus long</translation>
    </message>
    <message>
        <source>Reset &amp;zoom</source>
        <translation>Rétablir le &amp;zoom</translation>
    </message>
    <message>
        <source>Show the whole spectrum</source>
        <translation>Montrer tout le spectre</translation>
    </message>
    <message>
        <source>Rectified flux</source>
        <translation>Flux rectifié</translation>
    </message>
    <message>
        <source>Flux (at the standard&apos;s level)</source>
        <translation>Flux (au niveau de l’étalon)</translation>
    </message>
    <message>
        <source>E&amp;xport spectrum…</source>
        <translation>E&amp;xporter le spectre…</translation>
    </message>
    <message>
        <source>Write the spectrum as it is shown to a FITS, ECSV or CSV file</source>
        <translation>Écrire le spectre tel qu’il est montré dans un fichier FITS, ECSV ou CSV</translation>
    </message>
    <message>
        <source>The spectrum was written to %1</source>
        <translation>Le spectre a été écrit dans %1</translation>
    </message>
    <message>
        <source>No spectrum is shown</source>
        <translation>Aucun spectre n’est montré</translation>
    </message>
    <message>
        <source>FITS tables (*.fits)</source>
        <translation>Tables FITS (*.fits)</translation>
    </message>
    <message>
        <source>Enhanced CSV (*.ecsv)</source>
        <translation>CSV enrichi (*.ecsv)</translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv)</source>
        <translation>Valeurs séparées par des virgules (*.csv)</translation>
    </message>
    <message>
        <source>Export spectrum</source>
        <translation>Exporter le spectre</translation>
    </message>
    <message>
        <source>The spectrum is changed by the sliders of What if</source>
        <translation>Le spectre est modifié par les curseurs de Et si</translation>
    </message>
    <message>
        <source>Not written: the sliders of What if have changed the spectrum. Reset them first</source>
        <translation>Pas écrit : les curseurs de Et si ont modifié le spectre. Remettez-les d’abord à zéro</translation>
    </message>
    <message>
        <source>a robust model, trained for a moment</source>
        <translation>un modèle robuste, entraîné un instant</translation>
    </message>
</context>
<context>
    <name>maury::ui::SpectrumListModel</name>
    <message>
        <source>interpolated from other standards</source>
        <translation>interpolé entre d’autres étalons</translation>
    </message>
    <message>
        <source>illustrative: right in kind, not for measuring</source>
        <translation>illustratif&#x202f;: juste dans l’allure, à ne pas mesurer</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>en attente</translation>
    </message>
    <message>
        <source>failed: %1</source>
        <translation>échec&#x202f;: %1</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
</context>
<context>
    <name>maury::ui::SpectrumLoader</name>
    <message>
        <source>There are no files in this folder</source>
        <translation>Il n’y a pas de fichiers dans ce dossier</translation>
    </message>
    <message>
        <source>Reading spectra: %1 of %2</source>
        <translation>Lecture des spectres&#x202f;: %1 sur %2</translation>
    </message>
    <message>
        <source>%1 of %2 files could not be read; the list says why</source>
        <translation>%1 fichiers sur %2 n’ont pas pu être lus&#x202f;; la liste dit pourquoi</translation>
    </message>
    <message>
        <source>Spectra read: %1</source>
        <translation>Spectres lus&#x202f;: %1</translation>
    </message>
</context>
<context>
    <name>maury::ui::SpectrumPlot</name>
    <message>
        <source>Spectrum with standards and residual</source>
        <translation>Spectre avec étalons et résidu</translation>
    </message>
    <message>
        <source>Wavelength (Å)</source>
        <translation>Longueur d’onde (Å)</translation>
    </message>
    <message>
        <source>Flux</source>
        <translation>Flux</translation>
    </message>
    <message>
        <source>Residual</source>
        <translation>Résidu</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1&#x202f;: %2</translation>
    </message>
    <message>
        <source>Standard %1: %2</source>
        <translation>Étalon %1&#x202f;: %2</translation>
    </message>
    <message>
        <source>Residual (star minus first standard)</source>
        <translation>Résidu (étoile moins premier étalon)</translation>
    </message>
    <message>
        <source>%1 % of the variations lie below</source>
        <translation>%1&#x202f;% des variations sont en dessous</translation>
    </message>
    <message>
        <source>Variation shown: %1</source>
        <translation>Variation montrée&#x202f;: %1</translation>
    </message>
    <message>
        <source>star</source>
        <translation>étoile</translation>
    </message>
    <message>
        <source>standard %1</source>
        <translation>étalon %1</translation>
    </message>
    <message>
        <source>star %1</source>
        <translation>étoile %1</translation>
    </message>
    <message>
        <source>variation %1</source>
        <translation>variation %1</translation>
    </message>
    <message>
        <source>residual %1</source>
        <translation>résidu %1</translation>
    </message>
    <message>
        <source>For %1</source>
        <translation>Pour %1</translation>
    </message>
    <message>
        <source>Evidence for %1 rather than %2 (per Å)</source>
        <translation>Indices pour %1 plutôt que %2 (par Å)</translation>
    </message>
</context>
<context>
    <name>maury::ui::SpreadHistoryPlot</name>
    <message>
        <source>How the numbers of the chosen layer spread over the epochs</source>
        <translation>Répartition des nombres de la couche choisie au fil des époques</translation>
    </message>
    <message>
        <source>%1, by epoch</source>
        <translation>%1, par époque</translation>
    </message>
    <message>
        <source>Epochs done</source>
        <translation>Époques faites</translation>
    </message>
    <message>
        <source>%1: %2 % lie below</source>
        <translation>%1 : %2 % sont en dessous</translation>
    </message>
    <message>
        <source>%1 after epoch %2: median %3, half between %4 and %5, 90 % between %6 and %7, all between %8 and %9</source>
        <translation>%1 après l’époque %2 : médiane %3, la moitié entre %4 et %5, 90 % entre %6 et %7, tous entre %8 et %9</translation>
    </message>
</context>
<context>
    <name>maury::ui::StarEvaluator</name>
    <message>
        <source>Typing stars of known type</source>
        <translation>Classement d’étoiles de type connu</translation>
    </message>
    <message>
        <source>Typing stars of known type: %1 of %2</source>
        <translation>Classement d’étoiles de type connu&#x202f;:&#x202f;%1 sur&#x202f;%2</translation>
    </message>
</context>
<context>
    <name>maury::ui::StarJudging</name>
    <message>
        <source>Judging stars</source>
        <translation>Jugement des étoiles</translation>
    </message>
    <message>
        <source>Judging stars: %1 of %2</source>
        <translation>Jugement des étoiles&#x202f;: %1 sur %2</translation>
    </message>
</context>
<context>
    <name>maury::ui::StarList</name>
    <message>
        <source>All spectra</source>
        <translation>Tous les spectres</translation>
    </message>
    <message>
        <source>Opened spectra</source>
        <translation>Spectres ouverts</translation>
    </message>
    <message>
        <source>Atlas standards</source>
        <translation>Étalons de l’atlas</translation>
    </message>
    <message>
        <source>Group of spectra</source>
        <translation>Groupe de spectres</translation>
    </message>
    <message>
        <source>Filter by name or type</source>
        <translation>Filtrer par nom ou type</translation>
    </message>
    <message>
        <source>List of stars</source>
        <translation>Liste des étoiles</translation>
    </message>
    <message>
        <source>Remove from the list</source>
        <translation>Retirer de la liste</translation>
    </message>
    <message>
        <source>Remove the marked spectra from the list; no file is deleted</source>
        <translation>Retirer de la liste les spectres marqués&#x202f;; aucun fichier n’est effacé</translation>
    </message>
    <message>
        <source>Previous star</source>
        <translation>Étoile précédente</translation>
    </message>
    <message>
        <source>Next star</source>
        <translation>Étoile suivante</translation>
    </message>
    <message>
        <source>%1 of %2 spectra</source>
        <translation>%1 sur %2 spectres</translation>
    </message>
    <message>
        <source>Spectra: %1</source>
        <translation>Spectres&#x202f;: %1</translation>
    </message>
    <message>
        <source>Chosen spectra</source>
        <translation>Spectres choisis</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>«&#x202f;%1&#x202f;»</translation>
    </message>
    <message>
        <source>Filter of the list</source>
        <translation>Filtre de la liste</translation>
    </message>
</context>
<context>
    <name>maury::ui::StepText</name>
    <message>
        <source>Hidden layer %1</source>
        <translation>Couche cachée %1</translation>
    </message>
    <message>
        <source>Spectral class</source>
        <translation>Classe spectrale</translation>
    </message>
    <message>
        <source>Luminosity class</source>
        <translation>Classe de luminosité</translation>
    </message>
    <message>
        <source>f is GELU in its tanh form, f(z) = z/2 · [1 + tanh(√(2/π)·(z + 0.044715 z³))].</source>
        <translation>f est GELU dans sa forme tanh, f(z) = z/2 · [1 + tanh(√(2/π)·(z + 0,044715 z³))].</translation>
    </message>
    <message>
        <source>f is GELU, f(z) = z·Φ(z), with Φ the normal distribution.</source>
        <translation>f est GELU, f(z) = z·Φ(z), Φ étant la loi normale.</translation>
    </message>
    <message>
        <source>f is ReLU: what is negative becomes 0.</source>
        <translation>f est ReLU : ce qui est négatif devient 0.</translation>
    </message>
    <message>
        <source>Every weight takes a step against its gradient, λ times as long. What is shown before and after are the weights of the run itself.</source>
        <translation>Chaque poids fait un pas à l’opposé de son gradient, λ fois aussi long. Avant et après sont les poids de l’entraînement lui-même.</translation>
    </message>
    <message>
        <source>Every weight goes on in the direction of the steps before, corrected by the new gradient.</source>
        <translation>Chaque poids continue dans la direction des pas précédents, corrigée par le nouveau gradient.</translation>
    </message>
    <message>
        <source>Every weight takes a step of its own length: the mean of its gradients over their spread.</source>
        <translation>Chaque poids fait un pas de sa propre longueur : la moyenne de ses gradients divisée par leur dispersion.</translation>
    </message>
    <message>
        <source>Spectra</source>
        <translation>Spectres</translation>
    </message>
    <message>
        <source>%1: weighted sums</source>
        <translation>%1 : sommes pondérées</translation>
    </message>
    <message>
        <source>%1: activation</source>
        <translation>%1 : activation</translation>
    </message>
    <message>
        <source>%1: softmax</source>
        <translation>%1 : softmax</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Perte</translation>
    </message>
    <message>
        <source>%1: error</source>
        <translation>%1 : erreur</translation>
    </message>
    <message>
        <source>%1: error of the outputs</source>
        <translation>%1 : erreur des sorties</translation>
    </message>
    <message>
        <source>%1: error of the sums</source>
        <translation>%1 : erreur des sommes</translation>
    </message>
    <message>
        <source>%1: gradient of the weights</source>
        <translation>%1 : gradient des poids</translation>
    </message>
    <message>
        <source>%1: new weights</source>
        <translation>%1 : nouveaux poids</translation>
    </message>
    <message>
        <source>The batch: %1 spectra, one in each row. A few pixels of the one that is followed.</source>
        <translation>Le lot : %1 spectres, un par ligne. Quelques pixels de celui qui est suivi.</translation>
    </message>
    <message>
        <source>Every unit multiplies what it is given by its weights and adds it up. The rows are the inputs that count most for the unit that is followed.</source>
        <translation>Chaque neurone multiplie ce qu’il reçoit par ses poids et en fait la somme. Les lignes sont les entrées qui comptent le plus pour le neurone suivi.</translation>
    </message>
    <message>
        <source>What a unit hands on. %1 Where the slope f′ is near 0, the unit learns nothing from this spectrum.</source>
        <translation>Ce qu’un neurone transmet. %1 Là où la pente f′ est proche de 0, le neurone n’apprend rien de ce spectre.</translation>
    </message>
    <message>
        <source>Sums become probabilities that add up to 1. Taking the largest sum away first changes nothing and keeps exp from overflowing.</source>
        <translation>Les sommes deviennent des probabilités dont le total vaut 1. Soustraire d’abord la plus grande somme ne change rien et évite que exp déborde.</translation>
    </message>
    <message>
        <source>How surprised the network is by the true classes, on average over the batch; both heads count by their weights. A guess among %1 classes would cost ln %1 = %2.</source>
        <translation>À quel point les vraies classes surprennent le réseau, en moyenne sur le lot ; les deux têtes comptent selon leurs poids. Deviner au hasard parmi %1 classes coûterait ln %1 = %2.</translation>
    </message>
    <message>
        <source>How the loss changes with every sum of the head: probability minus truth. The true class is pushed up, all others down.</source>
        <translation>Comment la perte change avec chaque somme de la tête : probabilité moins vérité. La vraie classe est poussée vers le haut, toutes les autres vers le bas.</translation>
    </message>
    <message>
        <source>The error flows back through the same weights: a unit answers for the errors that it has fed, as far as it has fed them.</source>
        <translation>L’erreur remonte par les mêmes poids : un neurone répond des erreurs qu’il a alimentées, dans la mesure où il l’a fait.</translation>
    </message>
    <message>
        <source>Through the activation, the error is multiplied by its slope.</source>
        <translation>En traversant l’activation, l’erreur est multipliée par sa pente.</translation>
    </message>
    <message>
        <source>How the loss changes with a weight: input times error, added up over the batch. The rows are the spectra that count most for the steepest weight of the unit that is followed.</source>
        <translation>Comment la perte change avec un poids : entrée fois erreur, sommées sur le lot. Les lignes sont les spectres qui comptent le plus pour le poids le plus raide du neurone suivi.</translation>
    </message>
    <message>
        <source>pixel i</source>
        <translation>pixel i</translation>
    </message>
    <message>
        <source>unit i</source>
        <translation>neurone i</translation>
    </message>
    <message>
        <source>unit j</source>
        <translation>neurone j</translation>
    </message>
    <message>
        <source>unit k</source>
        <translation>neurone k</translation>
    </message>
    <message>
        <source>class k</source>
        <translation>classe k</translation>
    </message>
    <message>
        <source>spectrum n</source>
        <translation>spectre n</translation>
    </message>
    <message>
        <source>before</source>
        <translation>avant</translation>
    </message>
    <message>
        <source>after</source>
        <translation>après</translation>
    </message>
    <message>
        <source>after − before</source>
        <translation>après − avant</translation>
    </message>
    <message>
        <source>Σ of these rows</source>
        <translation>Σ de ces lignes</translation>
    </message>
    <message>
        <source>Σ of all others</source>
        <translation>Σ de toutes les autres</translation>
    </message>
    <message>
        <source>mean of the spectrum</source>
        <translation>moyenne du spectre</translation>
    </message>
    <message>
        <source>units with z &gt; 0</source>
        <translation>neurones avec z &gt; 0</translation>
    </message>
    <message>
        <source>units</source>
        <translation>neurones</translation>
    </message>
</context>
<context>
    <name>maury::ui::StepView</name>
    <message>
        <source>A batch step by step</source>
        <translation>Un lot pas à pas</translation>
    </message>
    <message>
        <source>One batch, number by number</source>
        <translation>Un lot, nombre par nombre</translation>
    </message>
    <message>
        <source>Let a single batch through: its spectra are followed here forwards to the loss, back through every layer, and to the new weights, equation by equation. In a run that goes on, pause it first.</source>
        <translation>Laissez passer un seul lot : ses spectres sont suivis ici jusqu’à la perte, puis en arrière à travers chaque couche et jusqu’aux nouveaux poids, équation par équation. Si un entraînement est en cours, mettez-le d’abord en pause.</translation>
    </message>
    <message>
        <source>Single batch</source>
        <translation>Un seul lot</translation>
    </message>
    <message>
        <source>Stages of the step</source>
        <translation>Étapes du pas</translation>
    </message>
    <message>
        <source>Equation</source>
        <translation>Équation</translation>
    </message>
    <message>
        <source>What it comes to</source>
        <translation>Ce que cela donne</translation>
    </message>
    <message>
        <source>Numbers of the stage</source>
        <translation>Nombres de l’étape</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>The stage before (Alt+Page up)</source>
        <translation>L’étape précédente (Alt+Page préc.)</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Suivant</translation>
    </message>
    <message>
        <source>The stage after (Alt+Page down)</source>
        <translation>L’étape suivante (Alt+Page suiv.)</translation>
    </message>
    <message>
        <source>Another batch</source>
        <translation>Lot suivant</translation>
    </message>
    <message>
        <source>Let the next batch through</source>
        <translation>Laisser passer le lot suivant</translation>
    </message>
    <message>
        <source>Spectrum of the batch</source>
        <translation>Spectre du lot</translation>
    </message>
    <message>
        <source>Which spectrum of the batch is followed</source>
        <translation>Quel spectre du lot est suivi</translation>
    </message>
    <message>
        <source>Unit of the layer</source>
        <translation>Neurone de la couche</translation>
    </message>
    <message>
        <source>Which unit of this layer is followed</source>
        <translation>Quel neurone de cette couche est suivi</translation>
    </message>
    <message>
        <source>Spectrum</source>
        <translation>Spectre</translation>
    </message>
    <message>
        <source>unit</source>
        <translation>neurone</translation>
    </message>
    <message>
        <source>%1 %2  ·  epoch %3, batch %4</source>
        <translation>%1 %2  ·  époque %3, lot %4</translation>
    </message>
</context>
<context>
    <name>maury::ui::StoreBrowser</name>
    <message>
        <source>Saving spectra: %1</source>
        <translation>Enregistrement des spectres : %1</translation>
    </message>
</context>
<context>
    <name>maury::ui::StoreSummary</name>
    <message>
        <source>Spectra with the pixels that they were read with: %1</source>
        <translation>Spectres avec les pixels de leur lecture : %1</translation>
    </message>
    <message>
        <source>Spectra on a common grid: %1</source>
        <translation>Spectres sur une grille commune : %1</translation>
    </message>
    <message>
        <source>Grid %1: %2 to %3 Å, %4 pixels</source>
        <translation>Grille %1 : de %2 à %3 Å, %4 pixels</translation>
    </message>
    <message>
        <source>no survey</source>
        <translation>aucun relevé</translation>
    </message>
    <message>
        <source>%1: %2 to %3 Å, %4 segments</source>
        <translation>%1 : de %2 à %3 Å, %4 segments</translation>
    </message>
</context>
<context>
    <name>maury::ui::SurveysPage</name>
    <message>
        <source>Surveys</source>
        <translation>Relevés</translation>
    </message>
    <message>
        <source>No store of spectra is open</source>
        <translation>Aucun recueil de spectres n’est ouvert</translation>
    </message>
    <message>
        <source>Thousands of spectra live in one file, a store (.h5): open one, or drop it on this window. maury-cli convert makes stores.</source>
        <translation>Des milliers de spectres tiennent dans un seul fichier, un recueil (.h5) : ouvrez-en un, ou déposez-le sur cette fenêtre. maury-cli convert fait des recueils.</translation>
    </message>
    <message>
        <source>Open a store…</source>
        <translation>Ouvrir un recueil…</translation>
    </message>
    <message>
        <source>Catalogue of the store</source>
        <translation>Catalogue du recueil</translation>
    </message>
    <message>
        <source>Condition: %1</source>
        <translation>Condition : %1</translation>
    </message>
    <message>
        <source>Condition that spectra fulfil</source>
        <translation>Condition que remplissent les spectres</translation>
    </message>
    <message>
        <source>Columns, compared with =, !=, &lt;, &lt;=, &gt;, &gt;= or ~ (holds the text), joined by and, or, not and brackets; other words are looked for in name, type, survey and file.</source>
        <translation>Des colonnes, comparées par =, !=, &lt;, &lt;=, &gt;, &gt;= ou ~ (contient le texte), liées par and, or, not et des parenthèses ; les autres mots sont cherchés dans le nom, le type, le relevé et le fichier.</translation>
    </message>
    <message>
        <source>Take the chosen spectra to the list of stars</source>
        <translation>Mettre les spectres choisis dans la liste des étoiles</translation>
    </message>
    <message>
        <source>Write these spectra to a store of their own</source>
        <translation>Écrire ces spectres dans un recueil à part</translation>
    </message>
    <message>
        <source>Open a &amp;store…</source>
        <translation>Ouvrir un &amp;recueil…</translation>
    </message>
    <message>
        <source>Browse the spectra of a store</source>
        <translation>Parcourir les spectres d’un recueil</translation>
    </message>
    <message>
        <source>&amp;Show the chosen spectra</source>
        <translation>&amp;Montrer les spectres choisis</translation>
    </message>
    <message>
        <source>Save &amp;part of the store…</source>
        <translation>Enregistrer une &amp;partie du recueil…</translation>
    </message>
    <message>
        <source>Spectra saved to %1: %2</source>
        <translation>Spectres enregistrés dans %1 : %2</translation>
    </message>
    <message>
        <source>Only the first %1 of the chosen spectra are taken to the list</source>
        <translation>Seuls les %1 premiers des spectres choisis sont mis dans la liste</translation>
    </message>
    <message>
        <source>%1 of %2 spectra</source>
        <translation>%1 sur %2 spectres</translation>
    </message>
    <message>
        <source>Show spectra: %1</source>
        <translation>Montrer les spectres : %1</translation>
    </message>
    <message>
        <source>Save spectra: %1…</source>
        <translation>Enregistrer les spectres : %1…</translation>
    </message>
    <message>
        <source>Open a store of spectra</source>
        <translation>Ouvrir un recueil de spectres</translation>
    </message>
    <message>
        <source>Stores (*.h5);;All files (*)</source>
        <translation>Recueils (*.h5);;Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>Save spectra as a store</source>
        <translation>Enregistrer les spectres dans un recueil</translation>
    </message>
</context>
<context>
    <name>maury::ui::SuspectsModel</name>
    <message>
        <source>Name of the standard</source>
        <translation>Nom de l’étalon</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>Étalon</translation>
    </message>
    <message>
        <source>Its type in the atlas</source>
        <translation>Son type dans l’atlas</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Étiquette</translation>
    </message>
    <message>
        <source>What a network says that did not see it</source>
        <translation>Ce que dit un réseau qui ne l’a pas vu</translation>
    </message>
    <message>
        <source>Unseen</source>
        <translation>Non vu</translation>
    </message>
    <message>
        <source>The probability that this network gives to the label</source>
        <translation>La probabilité que ce réseau donne à l’étiquette</translation>
    </message>
    <message>
        <source>P(label)</source>
        <translation>P(étiquette)</translation>
    </message>
    <message>
        <source>Part of the epochs in which the networks that learned this label took the star for something else</source>
        <translation>Part des époques où les réseaux qui ont appris cette étiquette ont pris l’étoile pour autre chose</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>Faux</translation>
    </message>
    <message>
        <source>How often a network knew the label and lost it again, on average</source>
        <translation>Combien de fois un réseau a su l’étiquette puis l’a perdue, en moyenne</translation>
    </message>
    <message>
        <source>Forgotten</source>
        <translation>Oublié</translation>
    </message>
    <message>
        <source>How suspect the label is, from 0 to 1</source>
        <translation>À quel point l’étiquette est suspecte, de 0 à 1</translation>
    </message>
    <message>
        <source>Suspect</source>
        <translation>Suspect</translation>
    </message>
</context>
<context>
    <name>maury::ui::SuspectsPanel</name>
    <message>
        <source>Standards with suspect labels</source>
        <translation>Étalons aux étiquettes suspectes</translation>
    </message>
    <message>
        <source>Loo&amp;k for suspect labels</source>
        <translation>&amp;Chercher des étiquettes suspectes</translation>
    </message>
    <message>
        <source>Train networks without a fifth of the standards each: which labels do they contradict, learn late or forget? Takes a minute or two.</source>
        <translation>Entraîner des réseaux chacun sans un cinquième des étalons&#x202f;: quelles étiquettes contredisent-ils, apprennent-ils tard ou oublient-ils&#x202f;? Prend une minute ou deux.</translation>
    </message>
    <message>
        <source>CSV…</source>
        <translation>CSV…</translation>
    </message>
    <message>
        <source>Save the suspect labels as CSV</source>
        <translation>Enregistrer les étiquettes suspectes en CSV</translation>
    </message>
    <message>
        <source>Write all standards with their figures as comma-separated values</source>
        <translation>Écrire tous les étalons avec leurs chiffres en valeurs séparées par des virgules</translation>
    </message>
    <message numerus="yes">
        <source>%n standards of %1</source>
        <translation>
            <numerusform>%n étalon de %1</numerusform>
            <numerusform>%n étalons de %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>maury::ui::TableWindow</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copier</translation>
    </message>
    <message>
        <source>Copy the selected rows, or all, for a spreadsheet</source>
        <translation>Copier les lignes sélectionnées, ou toutes, pour un tableur</translation>
    </message>
    <message>
        <source>&amp;Update</source>
        <translation>&amp;Actualiser</translation>
    </message>
    <message>
        <source>Read the numbers of the figure again</source>
        <translation>Relire les nombres de la figure</translation>
    </message>
    <message numerus="yes">
        <source>%n rows</source>
        <translation>
            <numerusform>%n ligne</numerusform>
            <numerusform>%n lignes</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Save…</source>
        <translation>&amp;Enregistrer…</translation>
    </message>
    <message>
        <source>Write these numbers as CSV, ECSV or FITS</source>
        <translation>Écrire ces nombres en CSV, ECSV ou FITS</translation>
    </message>
</context>
<context>
    <name>maury::ui::TimeMachine</name>
    <message>
        <source>Confusion matrix of the epoch</source>
        <translation>Matrice de confusion de l’époque</translation>
    </message>
    <message>
        <source>unit %1, weights</source>
        <translation>neurone %1, poids</translation>
    </message>
    <message>
        <source>Epochs of the run</source>
        <translation>Époques de l’essai</translation>
    </message>
    <message>
        <source>No epochs to go back to</source>
        <translation>Aucune époque à revoir</translation>
    </message>
    <message>
        <source>A run of the paper&apos;s protocol keeps its network after every epoch. Here a slider goes through them: how the answers for every standard came about, and what the first layer learned to look for. A run can branch at any of them.</source>
        <translation>Un essai du protocole de l’article garde son réseau après chaque époque. Ici, un curseur les parcourt : comment sont venues les réponses pour chaque étalon, et ce que la première couche a appris à chercher. Un essai peut bifurquer à chacune d’elles.</translation>
    </message>
    <message>
        <source>Start training</source>
        <translation>Lancer l’entraînement</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Défiler</translation>
    </message>
    <message>
        <source>Show the epochs one after the other</source>
        <translation>Montrer les époques l’une après l’autre</translation>
    </message>
    <message>
        <source>Epoch that is shown</source>
        <translation>Époque montrée</translation>
    </message>
    <message>
        <source>Go through the epochs; the arrow keys go one by one</source>
        <translation>Parcourir les époques ; les flèches vont une à une</translation>
    </message>
    <message>
        <source>Number of the epoch that is shown</source>
        <translation>Numéro de l’époque montrée</translation>
    </message>
    <message>
        <source>Branch here</source>
        <translation>Bifurquer ici</translation>
    </message>
    <message>
        <source>Go on from this epoch with the learning rate and head weights that stand in the settings below; the run so far stays and is drawn beside it</source>
        <translation>Continuer depuis cette époque avec le taux et les poids des têtes réglés ci-dessous ; l’essai précédent reste et est tracé à côté</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>Époque</translation>
    </message>
    <message>
        <source>Answers for every standard</source>
        <translation>Réponses pour chaque étalon</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>sur %1</translation>
    </message>
    <message>
        <source>The figures of this epoch come with the end of the run</source>
        <translation>Les chiffres de cette époque viennent à la fin de l’essai</translation>
    </message>
    <message>
        <source>Epoch %1: loss %2, test %3; spectral class right %4, luminosity class %5; learning rate %6</source>
        <translation>Époque %1 : perte %2, test %3 ; classe spectrale juste %4, classe de luminosité %5 ; taux %6</translation>
    </message>
    <message>
        <source>n/a</source>
        <translation>n/d</translation>
    </message>
    <message>
        <source>No test set</source>
        <translation>Pas de jeu de test</translation>
    </message>
    <message>
        <source>%1 of %2 standards right</source>
        <translation>%1 étalons justes sur %2</translation>
    </message>
    <message>
        <source>Halt</source>
        <translation>Arrêter</translation>
    </message>
</context>
<context>
    <name>maury::ui::TrainPage</name>
    <message>
        <source>Train</source>
        <translation>Apprentissage</translation>
    </message>
    <message>
        <source>Train a network</source>
        <translation>Entraîner un réseau</translation>
    </message>
    <message>
        <source>Start training</source>
        <translation>Démarrer l’entraînement</translation>
    </message>
    <message>
        <source>Making the data set</source>
        <translation>Fabrication du jeu de données</translation>
    </message>
    <message>
        <source>The augmentation of this run cannot change any more</source>
        <translation>L’augmentation de cet entraînement ne peut plus changer</translation>
    </message>
    <message>
        <source>The run was cancelled before its first batch</source>
        <translation>L’entraînement a été annulé avant son premier lot</translation>
    </message>
    <message>
        <source>The run was stopped; its network is kept</source>
        <translation>L’entraînement a été arrêté&#x202f;; son réseau est gardé</translation>
    </message>
    <message>
        <source>The run is finished after %1</source>
        <translation>L’entraînement est terminé au bout de %1</translation>
    </message>
    <message>
        <source>this run, epoch %1</source>
        <translation>entraîné ici, époque %1</translation>
    </message>
    <message>
        <source>Save the trained network</source>
        <translation>Enregistrer le réseau entraîné</translation>
    </message>
    <message>
        <source>Models (*.h5)</source>
        <translation>Modèles (*.h5)</translation>
    </message>
    <message>
        <source>The network was written to %1</source>
        <translation>Le réseau a été écrit dans %1</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Courbes</translation>
    </message>
    <message>
        <source>Loss and accuracy, epoch by epoch</source>
        <translation>Perte et exactitude, époque après époque</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Réseau</translation>
    </message>
    <message>
        <source>Layers, weights and activations, and what the first layer looks for</source>
        <translation>Couches, poids et activations, et ce que cherche la première couche</translation>
    </message>
    <message>
        <source> The network of epoch %1, the best before that, is kept.</source>
        <translation> Le réseau de l’époque %1, le meilleur d’avant, est gardé.</translation>
    </message>
    <message>
        <source>A two-headed network learns spectral and luminosity classes from variations of the standards. The inspector below holds the settings; they begin with the paper&apos;s. Learning rate and head weights can be changed while it learns. For real stars choose the robust protocol, or Type my stars.</source>
        <translation>Un réseau à deux têtes apprend les classes spectrales et les classes de luminosité sur des variations des étalons. L’inspecteur, en bas, contient les réglages&#x202f;; ils partent de ceux de l’article. Le taux d’apprentissage et le poids des têtes peuvent changer pendant qu’il apprend. Pour de vraies étoiles, choisissez le protocole robuste, ou «&#x202f;Classer mes étoiles&#x202f;».</translation>
    </message>
    <message>
        <source>Calibrating: standards held out, fold %1 of %2</source>
        <translation>Étalonnage&#x202f;: étalons mis de côté, part&#x202f;%1 sur&#x202f;%2</translation>
    </message>
    <message>
        <source> What its last checkpoint held is kept.</source>
        <translation> Ce que contenait son dernier point de reprise est gardé.</translation>
    </message>
    <message>
        <source>this run, robust</source>
        <translation>entraîné ici, robuste</translation>
    </message>
    <message>
        <source>Time machine</source>
        <translation>Retour en arrière</translation>
    </message>
    <message>
        <source>Go back to any kept epoch of the run, and branch there</source>
        <translation>Revenir à toute époque gardée de l’essai, et y bifurquer</translation>
    </message>
    <message>
        <source>the run before</source>
        <translation>l’essai précédent</translation>
    </message>
    <message>
        <source>Runs of this session</source>
        <translation>Essais de cette séance</translation>
    </message>
    <message>
        <source>Choose a run to draw it beside the one at hand</source>
        <translation>Choisir un essai pour le tracer à côté de celui-ci</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Essais</translation>
    </message>
    <message>
        <source>Step by step</source>
        <translation>Pas à pas</translation>
    </message>
    <message>
        <source>A single batch, equation by equation</source>
        <translation>Un seul lot, équation par équation</translation>
    </message>
    <message>
        <source>Batches of the paper&apos;s protocol are shown step by step: choose it above</source>
        <translation>Ce sont les lots du protocole de l’article qui se suivent pas à pas : choisissez-le en haut</translation>
    </message>
</context>
<context>
    <name>maury::ui::TrainingCurves</name>
    <message>
        <source>Accuracy</source>
        <translation>Exactitude</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>Époque</translation>
    </message>
    <message>
        <source>batches</source>
        <translation>lots</translation>
    </message>
    <message>
        <source>SC, batches</source>
        <translation>CS, lots</translation>
    </message>
    <message>
        <source>total, train</source>
        <translation>total, entr.</translation>
    </message>
    <message>
        <source>total, test</source>
        <translation>total, test</translation>
    </message>
    <message>
        <source>SC, train</source>
        <translation>CS, entr.</translation>
    </message>
    <message>
        <source>SC, test</source>
        <translation>CS, test</translation>
    </message>
    <message>
        <source>LC, train</source>
        <translation>CL, entr.</translation>
    </message>
    <message>
        <source>LC, test</source>
        <translation>CL, test</translation>
    </message>
    <message>
        <source>best: epoch %1</source>
        <translation>meilleure&#x202f;: époque %1</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Taux d’apprentissage</translation>
    </message>
    <message>
        <source>Loss, train</source>
        <translation>Perte, entraînement</translation>
    </message>
    <message>
        <source>Loss, test</source>
        <translation>Perte, test</translation>
    </message>
    <message>
        <source>SC loss, train</source>
        <translation>Perte CS, entraînement</translation>
    </message>
    <message>
        <source>SC loss, test</source>
        <translation>Perte CS, test</translation>
    </message>
    <message>
        <source>LC loss, train</source>
        <translation>Perte CL, entraînement</translation>
    </message>
    <message>
        <source>LC loss, test</source>
        <translation>Perte CL, test</translation>
    </message>
    <message>
        <source>SC accuracy, train</source>
        <translation>Exactitude CS, entraînement</translation>
    </message>
    <message>
        <source>SC accuracy, test</source>
        <translation>Exactitude CS, test</translation>
    </message>
    <message>
        <source>LC accuracy, train</source>
        <translation>Exactitude CL, entraînement</translation>
    </message>
    <message>
        <source>LC accuracy, test</source>
        <translation>Exactitude CL, test</translation>
    </message>
    <message>
        <source>Time (s)</source>
        <translation>Temps (s)</translation>
    </message>
    <message>
        <source>Batch (epochs)</source>
        <translation>Lot (époques)</translation>
    </message>
    <message>
        <source>Batch loss</source>
        <translation>Perte du lot</translation>
    </message>
    <message>
        <source>Batch SC accuracy</source>
        <translation>Exactitude CS du lot</translation>
    </message>
    <message>
        <source>Changed setting</source>
        <translation>Réglage changé</translation>
    </message>
    <message>
        <source>Changed after (epochs)</source>
        <translation>Changé après (époques)</translation>
    </message>
    <message>
        <source>Value before</source>
        <translation>Valeur avant</translation>
    </message>
    <message>
        <source>Value after</source>
        <translation>Valeur après</translation>
    </message>
    <message>
        <source>Loss, accuracy and learning rate of the run</source>
        <translation>Perte, exactitude et taux d’apprentissage de l’entraînement</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Taux</translation>
    </message>
    <message>
        <source>mean of %1 batches</source>
        <translation>moyenne de %1 lots</translation>
    </message>
    <message>
        <source>SC, mean of %1</source>
        <translation>CS, moyenne de %1</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>taux d’apprentissage</translation>
    </message>
    <message>
        <source>epoch %1, train / test: loss %2 / %3, SC accuracy %4 / %5, LC accuracy %6 / %7; learning rate %8</source>
        <translation>époque %1, entr. / test&#x202f;: perte %2 / %3, exactitude CS %4 / %5, CL %6 / %7&#x202f;; taux d’apprentissage %8</translation>
    </message>
    <message>
        <source>Batch learning rate</source>
        <translation>Taux d’apprentissage du lot</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Perte</translation>
    </message>
    <message>
        <source>%1, test</source>
        <translation>%1, test</translation>
    </message>
    <message>
        <source>%1, SC test</source>
        <translation>%1, CS test</translation>
    </message>
    <message>
        <source>%1, LC test</source>
        <translation>%1, CL test</translation>
    </message>
</context>
<context>
    <name>maury::ui::TrainingTab</name>
    <message>
        <source>Optimiser</source>
        <translation>Optimiseur</translation>
    </message>
    <message>
        <source>The rule that changes the weights</source>
        <translation>La règle qui change les poids</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>Programme</translation>
    </message>
    <message>
        <source>How the learning rate falls with the epochs</source>
        <translation>Comment le taux d’apprentissage baisse au fil des époques</translation>
    </message>
    <message>
        <source>Backend</source>
        <translation>Moteur</translation>
    </message>
    <message>
        <source>What computes: the list says why something cannot be used</source>
        <translation>Ce qui calcule&#x202f;: la liste dit pourquoi un moteur est inutilisable</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Précision</translation>
    </message>
    <message>
        <source>SGD (the paper&apos;s)</source>
        <translation>SGD (article)</translation>
    </message>
    <message>
        <source>SGD with momentum</source>
        <translation>SGD avec inertie</translation>
    </message>
    <message>
        <source>AdamW</source>
        <translation>AdamW</translation>
    </message>
    <message>
        <source>Constant (the paper&apos;s)</source>
        <translation>Constant (article)</translation>
    </message>
    <message>
        <source>Halved now and then</source>
        <translation>Divisé par deux par paliers</translation>
    </message>
    <message>
        <source>Cosine, down to 0</source>
        <translation>Cosinus, jusqu’à 0</translation>
    </message>
</context>
<context>
    <name>maury::ui::TypeGridModel</name>
    <message>
        <source>No standard</source>
        <translation>Pas d’étalon</translation>
    </message>
</context>
<context>
    <name>maury::ui::UnitChooser</name>
    <message>
        <source>Change since the start</source>
        <translation>Changement depuis le départ</translation>
    </message>
    <message>
        <source>&amp;Unit</source>
        <translation>&amp;Neurone</translation>
    </message>
    <message>
        <source>A unit of the first hidden layer, by its number</source>
        <translation>Un neurone de la première couche cachée, par son numéro</translation>
    </message>
    <message>
        <source>Unit of the first layer</source>
        <translation>Neurone de la première couche</translation>
    </message>
    <message>
        <source>Draw what training has added to the random weights of the start</source>
        <translation>Tracer ce que l’entraînement a ajouté aux poids aléatoires du départ</translation>
    </message>
    <message>
        <source>Strongest</source>
        <translation>Le plus fort</translation>
    </message>
    <message>
        <source>The unit with the most influence: size of its weights times that of its paths to the classes</source>
        <translation>Le neurone le plus influent&#x202f;: taille de ses poids multipliée par celle de ses chemins vers les classes</translation>
    </message>
    <message>
        <source>Stronger</source>
        <translation>Plus fort</translation>
    </message>
    <message>
        <source>The next unit with more influence</source>
        <translation>Le neurone suivant, plus influent</translation>
    </message>
    <message>
        <source>Weaker</source>
        <translation>Plus faible</translation>
    </message>
    <message>
        <source>The next unit with less influence</source>
        <translation>Le neurone suivant, moins influent</translation>
    </message>
</context>
<context>
    <name>maury::ui::VariationPanel</name>
    <message>
        <source>Show variations</source>
        <translation>Montrer les variations</translation>
    </message>
    <message>
        <source>Draw the ranges that hold 68 % and 95 % of the variations, and one of them as a line</source>
        <translation>Tracer les intervalles qui contiennent 68&#x202f;% et 95&#x202f;% des variations, et l’une d’elles en trait</translation>
    </message>
    <message>
        <source>What the highlighted variation did to the spectrum</source>
        <translation>Ce que la variation mise en évidence a fait au spectre</translation>
    </message>
    <message>
        <source>Variations</source>
        <translation>Variations</translation>
    </message>
    <message>
        <source>How many variations the bands are made of</source>
        <translation>De combien de variations les bandes sont faites</translation>
    </message>
    <message>
        <source>Highlighted</source>
        <translation>En évidence</translation>
    </message>
    <message>
        <source>The number of the variation that is drawn as a line</source>
        <translation>Le numéro de la variation tracée en trait</translation>
    </message>
    <message>
        <source>Use for training</source>
        <translation>Pour l’apprentissage</translation>
    </message>
    <message>
        <source>Set the augmentation of the next run on the Train page to these values</source>
        <translation>Donner ces valeurs à l’augmentation du prochain entraînement de la page «&#x202f;Apprentissage&#x202f;»</translation>
    </message>
    <message>
        <source>Variation %1: registration %2, velocity %3, broadening %4, continuum %5 %</source>
        <translation>Variation %1&#x202f;: calage %2, vitesse %3, élargissement %4, continuum %5&#x202f;%</translation>
    </message>
    <message>
        <source>Å</source>
        <translation>Å</translation>
    </message>
    <message>
        <source>km/s</source>
        <translation>km/s</translation>
    </message>
    <message>
        <source>px</source>
        <translation>px</translation>
    </message>
</context>
<context>
    <name>maury::ui::ViewSwitch</name>
    <message>
        <source>View</source>
        <translation>Vue</translation>
    </message>
    <message>
        <source>Choose what is shown of the run</source>
        <translation>Choisir ce qui est montré de l’entraînement</translation>
    </message>
</context>
<context>
    <name>maury::ui::WhatIfPanel</name>
    <message>
        <source>Reset all</source>
        <translation>Tout à zéro</translation>
    </message>
    <message>
        <source>Velocity</source>
        <translation>Vitesse</translation>
    </message>
    <message>
        <source>km/s</source>
        <translation>km/s</translation>
    </message>
    <message>
        <source>Move the spectrum; automatic removal of the velocity takes it out again</source>
        <translation>Déplacer le spectre ; le retrait automatique de la vitesse l’annule</translation>
    </message>
    <message>
        <source>Rotation v sin i</source>
        <translation>Rotation v sin i</translation>
    </message>
    <message>
        <source>Broaden the lines as in a star that rotates</source>
        <translation>Élargir les raies comme dans une étoile qui tourne</translation>
    </message>
    <message>
        <source>Blur (FWHM)</source>
        <translation>Flou (LTMH)</translation>
    </message>
    <message>
        <source>Å</source>
        <translation>Å</translation>
    </message>
    <message>
        <source>See the star at a lower resolution</source>
        <translation>Voir l’étoile à une résolution plus basse</translation>
    </message>
    <message>
        <source>Noise at S/N</source>
        <translation>Bruit à S/B</translation>
    </message>
    <message>
        <source>Add noise of this signal-to-noise ratio; 0 adds none</source>
        <translation>Ajouter du bruit à ce rapport signal sur bruit ; 0 : aucun</translation>
    </message>
    <message>
        <source>Continuum tilt</source>
        <translation>Pente du continu</translation>
    </message>
    <message>
        <source>Multiply the flux by a power of the wavelength</source>
        <translation>Multiplier le flux par une puissance de la longueur d’onde</translation>
    </message>
    <message>
        <source>Answers as it is and as it is changed</source>
        <translation>Réponses telle quelle et modifiée</translation>
    </message>
    <message>
        <source>Where the type flips</source>
        <translation>Où le type bascule</translation>
    </message>
    <message>
        <source>Back to the spectrum as it is</source>
        <translation>Revenir au spectre tel qu’il est</translation>
    </message>
    <message>
        <source>n/a</source>
        <translation>n/d</translation>
    </message>
    <message>
        <source>Move a slider to see what becomes of the answer %1</source>
        <translation>Déplacez un curseur pour voir ce que devient la réponse %1</translation>
    </message>
    <message>
        <source>As it is: %1. Changed: %2</source>
        <translation>Telle quelle : %1. Modifiée : %2</translation>
    </message>
    <message>
        <source>%1 from %2</source>
        <translation>%1 à partir de %2</translation>
    </message>
    <message>
        <source>%1: the type stays the same along the slider</source>
        <translation>%1 : le type reste le même le long du curseur</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1 : %2</translation>
    </message>
</context>
</TS>
