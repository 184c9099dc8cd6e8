;;; statuslint.el --- HTTP status codes checked and explained  -*- lexical-binding: t; -*-

;; Copyright (c) The statuslint contributors
;; SPDX-License-Identifier: MIT OR Apache-2.0

;; Author: The statuslint contributors
;; URL: https://github.com/statuslint/statuslint
;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1"))
;; Keywords: languages, tools

;;; Commentary:

;; Connects eglot and lsp-mode with `statuslint lsp', which finds wrong,
;; outdated and contradictory HTTP status codes, and explains them.
;;
;; With lsp-mode it runs beside the main server of a buffer:
;;
;;     (require 'statuslint)
;;     (statuslint-lsp-setup)
;;
;; eglot has one server for each buffer.  There it is the server of modes
;; that have no other, and of those that are named:
;;
;;     (require 'statuslint)
;;     (statuslint-eglot-setup 'yaml-mode)
;;
;; `M-x statuslint' starts it in the current buffer with eglot, and
;; `M-x statuslint-explain' says what a status code means.

;;; Code:

(require 'goto-addr)
(require 'seq)
(require 'thingatpt)

(defvar eglot-server-programs)
(defvar lsp-language-id-configuration)

(declare-function eglot-current-server "ext:eglot")
(declare-function eglot-shutdown "ext:eglot")
(declare-function jsonrpc-running-p "jsonrpc")
(declare-function jsonrpc--process "jsonrpc")
(declare-function lsp-register-client "ext:lsp-mode")
(declare-function lsp-stdio-connection "ext:lsp-mode")
(declare-function make-lsp-client "ext:lsp-mode")

(defgroup statuslint nil
  "HTTP status codes checked and explained."
  :group 'tools
  :link '(url-link "https://github.com/statuslint/statuslint"))

(defcustom statuslint-program "statuslint"
  "The program statuslint: a name to look for in variable `exec-path', or a path."
  :type 'string
  :risky t)

(defcustom statuslint-settings nil
  "What the language server is told when it starts, as a property list.
For example (:evidence \"likely\" :inlayHints :json-false).  Settings of a
project belong into its statuslint.toml."
  :type 'plist)

(defconst statuslint-modes
  '((astro astro-mode astro-ts-mode)
    (bash sh-mode bash-ts-mode)
    (c c-mode c-ts-mode)
    (clojure clojure-mode clojure-ts-mode)
    (cpp c++-mode c++-ts-mode c-or-c++-mode c-or-c++-ts-mode)
    (csharp csharp-mode csharp-ts-mode)
    (dart dart-mode dart-ts-mode)
    (elixir elixir-mode elixir-ts-mode)
    (go go-mode go-ts-mode)
    (haskell haskell-mode haskell-ts-mode)
    (hcl terraform-mode hcl-mode)
    (html html-mode html-ts-mode mhtml-mode web-mode)
    (http restclient-mode http-mode hurl-mode)
    (java java-mode java-ts-mode)
    (javascript js-mode js-ts-mode js2-mode rjsx-mode)
    (json json-mode json-ts-mode js-json-mode jsonc-mode)
    (kotlin kotlin-mode kotlin-ts-mode)
    (lua lua-mode lua-ts-mode)
    (markdown markdown-mode gfm-mode markdown-ts-mode)
    (nginx nginx-mode apache-mode haproxy-mode caddyfile-mode)
    (perl perl-mode cperl-mode)
    (php php-mode php-ts-mode)
    (python python-mode python-ts-mode)
    (ruby ruby-mode ruby-ts-mode enh-ruby-mode)
    (rust rust-mode rust-ts-mode rustic-mode)
    (scala scala-mode scala-ts-mode)
    (svelte svelte-mode svelte-ts-mode)
    (swift swift-mode swift-ts-mode)
    (tsx tsx-ts-mode typescript-tsx-mode)
    (typescript typescript-mode typescript-ts-mode)
    (vue vue-mode vue-ts-mode)
    (yaml yaml-mode yaml-ts-mode))
  "The major modes of each language that statuslint reads.")

(defun statuslint--modes ()
  "All major modes of `statuslint-modes'."
  (seq-mapcat #'cdr statuslint-modes))

(defun statuslint--missing ()
  "What to do when there is no program, in one sentence."
  (format "There is no program `%s': put statuslint on the path of Emacs, or set `statuslint-program'"
          statuslint-program))

(defun statuslint--found ()
  "The path of the program, or nil."
  (executable-find statuslint-program))

(defun statuslint--command ()
  "How the language server is started; a `user-error' where it cannot be."
  (list (or (statuslint--found) (user-error "%s" (statuslint--missing))) "lsp"))

;;;; eglot

(defun statuslint--contact (&rest _)
  "The language server as `eglot-server-programs' wants it."
  (append (statuslint--command)
          (and statuslint-settings
               (list :initializationOptions statuslint-settings))))

;;;###autoload
(defun statuslint-eglot-setup (&rest modes)
  "Make statuslint the eglot server of modes that have no other, and of MODES.
eglot runs one server in a buffer.  A mode that is not named keeps the
server it has in `eglot-server-programs'."
  (with-eval-after-load 'eglot
    ;; eglot takes the first entry that fits, so what stands last displaces nothing.  The modes of
    ;; one entry share a server wherever it was started, so each has an entry of its own.
    (dolist (mode (statuslint--modes))
      (add-to-list 'eglot-server-programs (cons mode #'statuslint--contact) t))
    (when modes
      (add-to-list 'eglot-server-programs (cons modes #'statuslint--contact)))))

(defun statuslint--eglot-runs ()
  "The server of eglot in this buffer: the symbol `statuslint' or `other', or nil."
  (when-let ((server (eglot-current-server)))
    (when (jsonrpc-running-p server)
      (let ((command (process-command (jsonrpc--process server))))
        (if (equal (car command) (statuslint--found)) 'statuslint 'other)))))

;;;###autoload
(defun statuslint ()
  "Start statuslint in the buffers of this project and mode, with eglot.
Where eglot runs another server, ask whether to replace it."
  (interactive)
  (require 'eglot)
  (unless buffer-file-name
    (user-error "This buffer has no file"))
  (statuslint--command)
  (pcase (statuslint--eglot-runs)
    ('statuslint (message "statuslint is running here"))
    ('other
     (unless (y-or-n-p "Eglot runs one server in a buffer.  Replace it with statuslint? ")
       (user-error "The other server stays; lsp-mode runs both, see `statuslint-lsp-setup'"))
     (eglot-shutdown (eglot-current-server))
     (statuslint--start))
    (_ (statuslint--start))))

(defun statuslint--start ()
  "Start statuslint in the current buffer with eglot."
  (let ((eglot-server-programs
         (cons (cons major-mode #'statuslint--contact) eglot-server-programs)))
    (call-interactively 'eglot)))

;;;; lsp-mode

(defvar statuslint--told nil
  "Whether it was said that there is no program.")

(defun statuslint--present-p ()
  "Whether there is a program; warn once when there is none."
  (or (statuslint--found)
      (unless statuslint--told
        (setq statuslint--told t)
        (display-warning 'statuslint (statuslint--missing))
        nil)))

;;;###autoload
(defun statuslint-lsp-setup ()
  "Make lsp-mode run statuslint beside the main server of a buffer.
It is started with `lsp' or `lsp-deferred', as other servers are."
  (with-eval-after-load 'lsp-mode
    ;; lsp-mode warns about every file whose language it has no name for.
    (dolist (row statuslint-modes)
      (dolist (mode (cdr row))
        (unless (assoc mode lsp-language-id-configuration)
          (setf (alist-get mode lsp-language-id-configuration) (symbol-name (car row))))))
    (lsp-register-client
     (make-lsp-client
      :new-connection (lsp-stdio-connection #'statuslint--command #'statuslint--present-p)
      :activation-fn (lambda (&rest _) (apply #'derived-mode-p (statuslint--modes)))
      :initialization-options (lambda () statuslint-settings)
      :add-on? t
      :multi-root t
      :priority -2
      :server-id 'statuslint))))

;;;; Explanations

(defvar statuslint--catalogue nil
  "The program and its catalogue: (PATH (\"404 Not Found\" . \"404\") …).")

(defun statuslint--run (&rest arguments)
  "What the program prints with ARGUMENTS."
  (let ((program (car (statuslint--command))))
    (with-temp-buffer
      (let ((status (apply #'call-process program nil t nil arguments)))
        (unless (eq status 0)
          (user-error "%s" (string-trim (buffer-string)))))
      (buffer-string))))

(defun statuslint--candidates ()
  "The catalogue, from what one chooses to what `explain' is asked."
  (let ((program (car (statuslint--command))))
    (unless (equal (car statuslint--catalogue) program)
      (let ((catalogue (json-parse-string (statuslint--run "codes" "--output-format" "json")
                                          :object-type 'alist :array-type 'list)))
        (setq statuslint--catalogue
              (cons program
                    (seq-map #'statuslint--candidate
                             (seq-group-by (lambda (row) (alist-get 'code row))
                                           (alist-get 'codes catalogue)))))))
    (cdr statuslint--catalogue)))

(defun statuslint--candidate (group)
  "The candidate of a GROUP of rows of the catalogue, (CODE ROW …).
It has every name of the code, for any of them may be typed."
  (let ((names (seq-mapcat (lambda (row)
                             (cons (alist-get 'name row) (alist-get 'older_names row)))
                           (cdr group)))
        (number (number-to-string (car group))))
    (cons (concat number " " (string-join (seq-uniq names) ", ")) number)))

(defun statuslint--at-point (candidates)
  "The one of CANDIDATES whose number stands at point, or nil."
  (when-let ((number (number-at-point)))
    (car (rassoc (format "%s" number) candidates))))

;;;###autoload
(defun statuslint-explain (what)
  "Say what the status code WHAT means, in a help buffer.
It is chosen by number or by words.  A class as 4xx, the name of a
constant and the name of a rule are understood too."
  (interactive
   (let* ((candidates (statuslint--candidates))
          (default (statuslint--at-point candidates))
          (completion-ignore-case t)
          ;; "teapot" stands in the middle of a row.
          (completion-styles (append completion-styles '(substring)))
          (choice (completing-read (format-prompt "Explain" default) candidates
                                   nil nil nil nil default)))
     (list (alist-get choice candidates choice nil #'equal))))
  (let ((text (statuslint--run "explain" "--color" "never" what)))
    (with-help-window "*statuslint*"
      (princ text))
    (with-current-buffer "*statuslint*"
      (goto-address-mode))))

(provide 'statuslint)
;;; statuslint.el ends here
